#!/bin/sh
# prepare-cpython-fixed.sh DEST: CPython 3.13 of Debian 13, whose vfork child leaves the GIL alone because
# the parent releases it first; with two copies of the spawn module that undo a part of it.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
. "$(dirname "$0")/debian-source.sh"
debian_source python3.13 3.13. "$dest" trixie
cd "$dest"
if [ ! -e pyconfig.h ] || [ ! -e Makefile ]; then
  need_packages gcc libc6-dev make pkg-config
  ./configure -q
fi
# The child takes the GIL, too.
sed 's/if (pid != 0) {$/if (1) {/; /^    if (1) {$/s/1/pid != 0/' Modules/_posixsubprocess.c > Modules/restoring.c
# Nobody releases it.
sed '/PyEval_SaveThread()/d; /PyEval_RestoreThread(/d' Modules/_posixsubprocess.c > Modules/holding.c
for mutant in restoring holding; do
  ! cmp -s Modules/_posixsubprocess.c Modules/$mutant.c || { echo "$mutant.c is no mutant" >&2; exit 1; }
done
