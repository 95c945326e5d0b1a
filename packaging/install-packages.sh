#!/bin/bash
# install-packages.sh GROUP...   installs what is missing of the groups of packages.txt; quick when nothing is.
#
# Uses apt as the machine is set up (proxies and mirrors included), with sudo when not root. Names on standard error what could
# not be installed, and then exits 1.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

wanted=()
for group in "$@"; do
  while read -r packages; do
    read -ra names <<<"$packages"
    wanted+=("${names[@]}")
  done < <(sed -n "s/^$group: //p" "$here/packages.txt")
done

missing_of() {
  local installed
  # dpkg-query fails when it knows one of the names not at all: that is what we ask.
  installed=" $({ dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null || true; } | awk '$1 ~ /^.i/ { printf "%s ", $2 }')"
  local package
  for package in "$@"; do
    [[ $installed == *" $package "* ]] || echo "$package"
  done
}

mapfile -t missing < <(missing_of "${wanted[@]}")
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Missing packages: ${missing[*]}. Install them, or run this as root or with sudo." >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" </dev/null >/dev/null; }
apt update || echo "The package lists could not be refreshed; trying with those at hand." >&2
if ! apt install -y --no-install-recommends "${missing[@]}"; then
  # One name that can't be had must not keep the others away.
  for package in "${missing[@]}"; do
    apt install -y --no-install-recommends "$package" || true
  done
fi
mapfile -t missing < <(missing_of "${wanted[@]}")
[ ${#missing[@]} -eq 0 ] && exit 0
echo "COULD NOT INSTALL: ${missing[*]}" >&2
exit 1
