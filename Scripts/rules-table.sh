#!/bin/sh
# rules-table.sh update|check SPAWNLINT: the table of checks in README.md is what the program says of itself.
set -eu
cd "$(dirname "$0")/.."
new=$(mktemp)
trap 'rm -f "$new"' EXIT
"$2" rules --format markdown >"$new.table"
awk -v table="$new.table" '
    /^<!-- end of the checks -->$/ { skip = 0 }
    !skip
    /^<!-- checks: / { skip = 1; while ((getline line < table) > 0) print line }
' README.md >"$new"
rm -f "$new.table"
case $1 in
update) cat "$new" >README.md ;;
check)
    cmp -s "$new" README.md || {
        echo 'README.md: the table of checks is out of date; run: make rules-table' >&2
        exit 1
    }
    ;;
esac
