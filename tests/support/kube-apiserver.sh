#!/bin/bash
# A real kube-apiserver (1.20) with etcd, from Debian 12's own packages and sources.
#
#   kube-apiserver.sh build          builds what ~/.cache/fairway/kube lacks (about ten minutes on two cores, then never again)
#                                    and prints the folder that holds kube-apiserver, kube-controller-manager and etcd
#   kube-apiserver.sh start FOLDER   starts etcd and kube-apiserver on free ports of 127.0.0.1 with their state in FOLDER,
#                                    and prints the path of a kubeconfig
#   kube-apiserver.sh stop FOLDER    ends what start began
#
# Nothing is installed on the system: Debian's binary packages are unpacked beside the sources. When apt knows no source of
# kubernetes, or no network is there, build says so and exits 3: tests that want the server then skip, loudly.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
server_script=$here/../core/kube/kube_apiserver.sh
cache=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/kube
bin=$cache/bin
readonly unavailable=3

is_built() { [ -x "$bin/etcd" ] && [ -x "$bin/kube-apiserver" ] && [ -x "$bin/kube-controller-manager" ]; }

give_up() {
  echo "NO real kube-apiserver: $*. Tests against it are skipped." >&2
  exit $unavailable
}

# apt with lists and sources of its own, so that the machine's need no deb-src lines.
own_apt() {
  apt-get -qq -o Dir::Etc::sourcelist="$cache/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$cache/apt/lists" \
    -o Dir::Cache="$cache/apt/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=root "$@"
}

fetch_sources() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror kind
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Codename: bookworm' 'Component: main' | head -n 1)
  [ -n "$mirror" ] || give_up "apt knows no mirror of Debian 12"
  mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial"
  for kind in deb deb-src; do
    echo "$kind [signed-by=$keyring] $mirror bookworm main"
  done >"$cache/sources.list"
  own_apt update || give_up "the package lists could not be read"
  rm -rf "$cache/packages" "$cache/root" "$cache/k8s"
  mkdir -p "$cache/packages"
  (
    cd "$cache/packages"
    own_apt download golang-1.19-go golang-1.19-src etcd-server golang-github-modern-go-reflect2-dev
    own_apt source --download-only kubernetes
    local package
    for package in ./*.deb; do
      dpkg -x "$package" "$cache/root"
    done
    dpkg-source --no-check --no-copy -x ./kubernetes_*.dsc "$cache/k8s" >/dev/null
  ) || give_up "Debian's packages or sources could not be fetched"
  rm -rf "$cache/packages"
}

# The vendored reflect2 crashes when it is built with a Go of today; Debian's own package of it does not.
replace_reflect2() {
  local vendored=$cache/k8s/vendor/github.com/modern-go/reflect2 ours=$cache/root/usr/share/gocode/src/github.com/modern-go/reflect2
  find "$vendored" -maxdepth 1 \( -name '*.go' -o -name '*.s' \) -delete
  find "$ours" -maxdepth 1 \( -name '*.go' -o -name '*.s' \) ! -name '*_test.go' -exec cp {} "$vendored/" \;
}

# The source package leaves out the generated OpenAPI code; its own generator makes it again.
generate_openapi() {
  local folders
  folders=$(
    {
      find pkg cmd plugin -type f -name '*.go' ! -path '*/testdata/*'
      find -L vendor/k8s.io -type f -name '*.go' ! -path '*/code-generator/*' ! -path '*/sample-*' ! -path '*/testdata/*'
    } | xargs grep -l '^// *+k8s:openapi-gen=' | xargs -n 1 dirname | LC_ALL=C sort -u | sed 's,^,k8s.io/kubernetes/,' | paste -sd ,
  )
  go build -o "$cache/openapi-gen" k8s.io/kubernetes/vendor/k8s.io/kube-openapi/cmd/openapi-gen
  # Its exit status also counts style violations of Kubernetes' own types, so the file it writes is what is checked.
  "$cache/openapi-gen" -i "$folders" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
    -h hack/boilerplate/boilerplate.generatego.txt -r "$cache/openapi.violations" 2>/dev/null || true
  [ -s pkg/generated/openapi/zz_generated.openapi.go ] || give_up "the OpenAPI code could not be generated"
}

compile() {
  export PATH=$cache/root/usr/lib/go-1.19/bin:$PATH GOROOT=$cache/root/usr/lib/go-1.19
  export GOPATH=$cache/k8s/.go GOCACHE=$cache/gocache GO111MODULE=off CGO_ENABLED=0 GOFLAGS=
  mkdir -p "$GOPATH/src/k8s.io" "$bin"
  ln -sfn ../../.. "$GOPATH/src/k8s.io/kubernetes"
  cd "$GOPATH/src/k8s.io/kubernetes"
  generate_openapi
  local flags="-s -w" package program
  for package in k8s.io/kubernetes/vendor/k8s.io/component-base/version k8s.io/kubernetes/vendor/k8s.io/client-go/pkg/version; do
    flags+=" -X $package.gitVersion=v1.20.2 -X $package.gitMajor=1 -X $package.gitMinor=20"
  done
  for program in kube-apiserver kube-controller-manager; do
    go build -ldflags "$flags" -o "$bin/.$program" "k8s.io/kubernetes/cmd/$program" || give_up "$program did not compile"
    mv "$bin/.$program" "$bin/$program"
  done
  install -m 755 "$cache/root/usr/bin/etcd" "$bin/etcd"
  rm -rf "$GOCACHE"
}

build() {
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9 # Two runs at once build it once.
  if ! is_built; then
    command -v dpkg-source >/dev/null || give_up "dpkg-source is missing (package dpkg-dev)"
    fetch_sources >&2
    replace_reflect2
    (compile) >&2 || exit $unavailable
  fi
  echo "$bin"
}

free_ports() { # COUNT
  python3 - "$1" <<'PY'
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in held:
    s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in held))
PY
}

start() {
  local folder=$1 port etcd_port
  is_built || give_up "it was not built (kube-apiserver.sh build)"
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  read -r port etcd_port < <(free_ports 2)
  echo "$port $etcd_port" >"$folder/ports"
  "$server_script" setup "$bin" "$folder" "$port" "$etcd_port" >&2
  echo "$folder/kubeconfig"
}

stop() {
  local folder port etcd_port
  folder=$(cd "$1" && pwd)
  read -r port etcd_port <"$folder/ports"
  "$server_script" stop "$bin" "$folder" "$port" "$etcd_port"
}

case ${1:-} in
build) build ;;
start | stop) "$1" "${2:?$1 needs a folder}" ;;
*)
  sed -n '2,11p' "$0" >&2
  exit 2
  ;;
esac
