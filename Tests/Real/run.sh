#!/bin/sh
# run.sh SPAWNLINT [NAME…]: checks the real projects described in NAME.json against NAME.tsv.
# Sources go to $SPAWNLINT_REAL (default: spawnlint-real in the user's cache folder).
set -u
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { echo "usage: run.sh SPAWNLINT [NAME…]" >&2; exit 2; }
command -v python3 > /dev/null || { echo "run.sh needs python3" >&2; exit 2; }
tool=$1
shift
case $tool in /*) ;; *) tool=$(pwd)/$tool ;; esac
store=${SPAWNLINT_REAL:-${XDG_CACHE_HOME:-$HOME/.cache}/spawnlint-real}
mkdir -p "$store" || exit 2
if [ $# -eq 0 ]; then
  for file in "$here"/*.json; do set -- "$@" "$(basename "$file" .json)"; done
fi
failed=
for name in "$@"; do
  if ! sh "$here/prepare-$name.sh" "$store/$name" > "$store/$name.log" 2>&1; then
    tail -n 20 "$store/$name.log"
    echo "$name: could not be prepared, see $store/$name.log"
    failed="$failed $name"
    continue
  fi
  python3 "$here/compare.py" "$tool" "$here/$name.json" "$here/$name.tsv" "$store/$name" \
    || failed="$failed $name"
done
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
