#!/usr/bin/env bash
# Measures what the cache saves: `spawnlint check -p DIR` with an empty cache, with a full one, and with a full one after
# one file changed that a child path uses.
#
#   warm.sh NAME=DIR:FILE…   a folder with a compile_commands.json, and a file below it; the file gets a comment line at its
#                            end for a moment
#
#   SPAWNLINT=path  the program; default .build/release/spawnlint
#   RUNS=n          runs of each, default 3; the median counts
#
# Prints a Markdown table: seconds on the clock, processor time in parentheses, and the files that were written to the cache. The
# three answers must be the same, or it fails.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=${RUNS:-3}
spawnlint=$(realpath "${SPAWNLINT:-$root/.build/release/spawnlint}")
work=$(mktemp -d)
changed=
restore() { [ -z "$changed" ] || cp -p "$work/original" "$changed"; }
trap 'restore; rm -rf "$work"' EXIT

# "clock processor read" of one run, with the answer in $work/answer.
run() {
    touch "$work/start"
    python3 - "$work/answer" "$spawnlint" check -p . --format json --cache-dir "$work/cache" <<'PYTHON' | tr '\n' ' '
import os, subprocess, sys, time
start = time.monotonic()
with open(sys.argv[1], "w") as answer:
    done = subprocess.run(sys.argv[2:], stdout=answer, stderr=subprocess.DEVNULL)
if done.returncode not in (0, 1, 3): sys.exit(f"status {done.returncode}: {' '.join(sys.argv[2:])}")
times = os.times()
print(f"{time.monotonic() - start:.2f} {times.children_user + times.children_system:.2f}")
PYTHON
    find "$work/cache" -type f -newer "$work/start" | wc -l
}

# The column's median of what `run` printed; for the times "clock (processor)".
median() { sort -n -k "$2" "$1" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'; }
cell() { echo "$(median "$1" 1) ($(median "$1" 2)) | $(median "$1" 3)"; }

echo "$(date -u +%Y-%m-%d), $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), median of $runs"
echo
echo "| project | empty cache (s) | written | full cache (s) | written | one file changed (s) | written |"
echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
for project in "$@"; do
    name=${project%%=*} folder=${project#*=}
    file=${folder##*:} folder=${folder%:*}
    cd "$folder"
    rm -f "$work"/{cold,warm,changed}
    for ((i = 0; i < runs; i++)); do
        rm -rf "$work/cache"
        run >>"$work/cold"
        mv "$work/answer" "$work/first"
        run >>"$work/warm"
        cmp -s "$work/first" "$work/answer" || { echo "$name: a full cache answers differently" >&2; exit 1; }
        cp -p "$file" "$work/original"
        changed=$PWD/$file
        echo "/* changed */" >>"$file"
        run >>"$work/changed"
        restore
        changed=
        cmp -s "$work/first" "$work/answer" || { echo "$name: a change answers differently" >&2; exit 1; }
    done
    echo "| $name | $(cell "$work/cold") | $(cell "$work/warm") | $(cell "$work/changed") |"
done
