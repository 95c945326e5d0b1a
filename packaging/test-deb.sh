#!/bin/bash
# Builds the Debian package of the release build, installs it into a fresh Debian 12 root, and starts both programs there:
# fairwayctl says its version, and the window draws itself on a virtual display and leaves a picture.
# Needs root (debootstrap, chroot). Ends with "the package installs and starts", or says what did not.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "packaging/test-deb.sh needs root" >&2; exit 1; }
  exec sudo -E "$0" "$@"
fi
packaging/install-packages.sh build package-test
build=${1:-build/release}
out=build/packages
mkdir -p "$out"
[ -f "$build/build.ninja" ] || cmake --preset release
cmake --build "$build" --target all -j "$(nproc)" | tail -n 1
rm -f "$out"/*.deb
cpack --config "$build/CPackConfig.cmake" -B "$out" | grep -E 'generated|Error' || true
deb=$(find "$out" -maxdepth 1 -name 'fairway_*.deb' | head -n 1)
[ -n "$deb" ] || { echo "cpack made no package" >&2; exit 1; }
dpkg-deb --info "$deb"
dpkg-deb --contents "$deb"

# The root is kept packed: making it takes a minute, unpacking it seconds.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Codename: bookworm' 'Component: main' | head -n 1)
[ -n "$mirror" ] || { echo "apt knows no mirror of Debian 12" >&2; exit 1; }
base=${XDG_CACHE_HOME:-$HOME/.cache}/fairway/debian12-root.tar
root=$(mktemp -d)
chmod 755 "$root" # apt drops its rights and must still reach its lists
finish() {
  umount -q "$root/proc" 2>/dev/null || true
  rm -rf --one-file-system "$root"
}
trap finish EXIT
if [ ! -s "$base" ]; then
  debootstrap --variant=minbase bookworm "$root" "$mirror" >"$out/debootstrap.log" 2>&1 || { tail -n 5 "$out/debootstrap.log" >&2; exit 1; }
  mkdir -p "$(dirname "$base")"
  tar -C "$root" -cf "$base.part" .
  mv "$base.part" "$base"
else
  tar -C "$root" -xf "$base"
fi
mount -t proc proc "$root/proc"

# The clean root goes to the network the way this machine does.
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp -rL /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
[ ! -f /etc/apt/apt.conf ] || cp /etc/apt/apt.conf "$root/etc/apt/"
echo "deb $mirror bookworm main" >"$root/etc/apt/sources.list"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mkdir -p "$root/packages"
cp "$deb" "$root/packages/fairway.deb"

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
inside apt-get -qq update
inside apt-get -qq install -y --no-install-recommends /packages/fairway.deb >"$out/install.log" 2>&1 || { tail -n 20 "$out/install.log"; exit 1; }
inside fairwayctl --version
inside fairwayctl journal list # SQLite and OpenSSL, which are opened when first needed
if [ -e "$root/usr/bin/fairway" ]; then
  inside test -s /usr/share/applications/io.github.fairway.Fairway.desktop
  # Drawn without a display server first: what the package itself brings must do for that.
  inside env QT_QPA_PLATFORM=offscreen timeout 60 fairway --lab --size 1280x800 --screenshot /packages/window.png || {
    echo "the window did not draw itself (exit $?)" >&2
    exit 1
  }
  cp "$root/packages/window.png" "$out/window.png"
  echo "picture: $out/window.png"
  # And on X, whose plug-in comes with Qt.
  inside apt-get -qq install -y --no-install-recommends xvfb xauth >>"$out/install.log" 2>&1
  inside timeout 90 xvfb-run -a fairway --lab --size 1280x800 --screenshot /packages/window-x.png
  test -s "$root/packages/window-x.png"
fi
inside apt-get -qq remove -y fairway >>"$out/install.log" 2>&1
[ ! -e "$root/usr/bin/fairwayctl" ]
echo "the package installs and starts"
