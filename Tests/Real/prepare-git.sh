#!/bin/sh
# prepare-git.sh DEST: git 2.39 of Debian 12 with a compile database of all its units, headers generated.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
. "$here/debian-source.sh"
debian_source git 1:2.39. "$dest"
if [ ! -e "$dest/compile_commands.json" ]; then
  need_packages gcc libc6-dev make zlib1g-dev libssl-dev libcurl4-openssl-dev libexpat1-dev
  make -s -C "$dest" generated-hdrs
  python3 "$here/make-database.py" "$dest" V=1 all
fi
