#!/bin/sh
# prepare-glib.sh DEST: glib 2.74.6 of Debian 12, configured by Meson in DEST/build, whose compile database is used.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
. "$(dirname "$0")/debian-source.sh"
debian_source glib2.0 2.74.6- "$dest"
if [ ! -e "$dest/build/compile_commands.json" ]; then
  need_packages gcc libc6-dev meson ninja-build pkg-config libffi-dev libpcre2-dev libmount-dev zlib1g-dev
  meson setup "$dest/build" "$dest" -Dselinux=disabled -Dtests=false
fi
