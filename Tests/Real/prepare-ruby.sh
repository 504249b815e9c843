#!/bin/sh
# prepare-ruby.sh DEST: Ruby 3.1 of Debian 12, configured; what its build would generate comes with Debian's sources.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
. "$(dirname "$0")/debian-source.sh"
debian_source ruby3.1 3.1.2- "$dest"
if [ ! -e "$dest/build/include" ]; then
  need_packages gcc libc6-dev make
  mkdir -p "$dest/build"
  cd "$dest/build"
  ../configure -q --with-baseruby=no --disable-install-doc --without-gmp
  mv "$(dirname "$(dirname "$(find .ext/include -name config.h | head -n 1)")")" include
fi
