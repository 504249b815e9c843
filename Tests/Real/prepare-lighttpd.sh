#!/bin/sh
# prepare-lighttpd.sh DEST: lighttpd 1.4.69 of Debian 12, configured without optional libraries, with a compile database.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
. "$here/debian-source.sh"
debian_source lighttpd 1.4.69- "$dest"
if [ ! -e "$dest/src/compile_commands.json" ]; then
  need_packages gcc libc6-dev make
  cd "$dest"
  [ -e config.h ] || ./configure -q --without-pcre2 --without-zlib --without-bzip2 --without-lua
  make -s -C src versionstamp
  python3 "$here/make-database.py" "$dest/src" V=1 all
fi
