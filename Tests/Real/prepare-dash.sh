#!/bin/sh
# prepare-dash.sh DEST: dash 0.5.12 of Debian 12, with config.h and its generated sources and headers.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
. "$(dirname "$0")/debian-source.sh"
debian_source dash 0.5.12- "$dest"
if [ ! -e "$dest/src/init.c" ] || [ ! -e "$dest/src/builtins.h" ]; then
  need_packages gcc libc6-dev make autoconf automake
  cd "$dest"
  [ -e configure ] || ./autogen.sh
  [ -e config.h ] || ./configure -q --without-libedit
  make -C src -s builtins.h nodes.h syntax.h token.h token_vars.h \
    builtins.c init.c nodes.c signames.c syntax.c
fi
