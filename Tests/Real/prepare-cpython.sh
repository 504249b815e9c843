#!/bin/sh
# prepare-cpython.sh DEST: CPython 3.11.2 of Debian 12, configured so that pyconfig.h exists.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
. "$(dirname "$0")/debian-source.sh"
debian_source python3.11 3.11.2- "$dest"
if [ ! -e "$dest/pyconfig.h" ] || [ ! -e "$dest/Makefile" ]; then
  need_packages gcc libc6-dev make
  cd "$dest"
  ./configure -q
fi
cd "$dest"
# A copy that lets preexec_fn run in every interpreter.
sed 's/PyInterpreterState_Get() != PyInterpreterState_Main()/0/' Modules/_posixsubprocess.c > Modules/unguarded.c
! cmp -s Modules/_posixsubprocess.c Modules/unguarded.c || { echo "unguarded.c is no mutant" >&2; exit 1; }
