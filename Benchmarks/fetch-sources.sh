#!/usr/bin/env bash
# Fetches the sources that files.tsv names from Debian 12 into $1. Needs apt and a network, not root: apt gets lists
# and a cache of its own below $1.
set -euo pipefail
target=$(mkdir -p "$1" && cd "$1" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

[ -e "$target/complete" ] && exit 0
command -v apt-get >/dev/null || { echo "apt-get is needed to fetch the sources" >&2; exit 1; }

mkdir -p "$target"/apt/{lists,cache/archives}/partial "$target/packages"
keys=/usr/share/keyrings/debian-archive-keyring.gpg
printf 'deb%s [signed-by='$keys'] http://deb.debian.org/debian bookworm main\n' '' -src >"$target/apt/sources.list"
apt() {
    apt-get -qq -o Dir::Etc::SourceList="$target/apt/sources.list" -o Dir::Etc::SourceParts=- \
        -o Dir::State::Lists="$target/apt/lists" -o Dir::Cache="$target/apt/cache" \
        -o APT::Sandbox::User=root "$@"
}
echo "Fetching sources from Debian 12 to $target"
cd "$target/packages"
apt update
mapfile -t packages < <(grep -v '^#' "$here/files.tsv" | cut -f1 | sort -u)
apt --download-only source "${packages[@]}"
# CPython's configured pyconfig.h, so that nothing has to be configured here.
apt download libpython3.11-dev
for archive in *.orig.tar.*; do
    case $archive in *.asc) ;; *) tar xf "$archive" -C "$target" ;; esac
done
dpkg-deb -x libpython3.11-dev_*.deb "$target/libpython3.11-dev"
sha256sum ./*.orig.tar.* >"$target/SHA256SUMS"
touch "$target/complete"
