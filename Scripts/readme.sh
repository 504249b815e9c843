#!/bin/sh
# readme.sh update|check SPAWNLINT: what README.md shows of the program is what the program prints: between
# `<!-- begin: NAME` and `<!-- end: NAME`, the first finding of a sample and the table of checks.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$2" rules --format markdown >"$scratch/checks"
# Status 1 says that there are findings.
"$2" check Samples/spawn_wrong.c --color never >"$scratch/report" || [ $? -eq 1 ]
{
    echo '```'
    awk '/: (warning|error): / && NR > 1 { exit } { print }' "$scratch/report"
    echo '```'
} >"$scratch/finding"

awk -v scratch="$scratch" '
    /^<!-- end: / { skip = 0 }
    !skip
    /^<!-- begin: / { skip = 1; file = scratch "/" $3; while ((getline line < file) > 0) print line }
' README.md >"$scratch/README.md"

case $1 in
update) cat "$scratch/README.md" >README.md ;;
check)
    diff README.md "$scratch/README.md" || {
        echo 'README.md shows other output than the program; run: make readme' >&2
        exit 1
    }
    ;;
esac
