#!/usr/bin/env bash
# Measures `spawnlint check -p DIR` against `clang -fsyntax-only` over the same compile database, in processor time.
#
#   whole-program.sh NAME=DIR…   folders with a compile_commands.json
#
#   SPAWNLINT=path  the program; default .build/release/spawnlint
#   CLANG=path      default: the clang beside swift, the same version as the toolchain's libclang
#   RUNS=n          runs of each, default 3; the median counts
#
# Prints a Markdown table; peak is the largest of the processes. Nothing is taken from a cache. The findings of both ways must be the same, or it fails.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=${RUNS:-3}
spawnlint=$(realpath "${SPAWNLINT:-$root/.build/release/spawnlint}")
clang=${CLANG:-$(dirname "$(readlink -f "$(command -v swift)")")/clang}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Seconds of processor time of "$@", user and system, children included, and the largest process in MB; statuses 0, 1
# and 3 mean "done".
processor() {
    python3 - "$@" <<'PYTHON'
import os, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
if done.returncode not in (0, 1, 3): sys.exit(f"status {done.returncode}: {' '.join(sys.argv[1:])}")
times = os.times()
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"{times.children_user + times.children_system:.2f} {peak}")
PYTHON
}

median() { sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

# All units of a database through clang, one after the other, with the flags that matter to C.
cat > "$work/clang.py" <<'PYTHON'
import json, os, shlex, subprocess, sys
clang, database = sys.argv[1:]
for entry in json.load(open(database)):
    words = entry.get("arguments") or shlex.split(entry["command"])
    flags, skip = [], False
    path = lambda name: os.path.realpath(os.path.join(entry["directory"], name))
    for word in words[1:]:
        if skip: skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"): skip = True
        elif word not in ("-c", "-MD", "-MMD", "-MP") and path(word) != path(entry["file"]): flags.append(word)
    subprocess.run([clang, "-fsyntax-only", "-w", *flags, entry["file"]], cwd=entry["directory"],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
PYTHON

echo "$(date -u +%Y-%m-%d), $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), median of $runs"
echo
echo "| project | units | clang (s) | by need (s) | ratio | read | peak (MB) | exhaustive (s) | ratio | peak (MB) |"
echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
for project in "$@"; do
    name=${project%%=*} folder=${project#*=}
    cd "$folder"
    "$spawnlint" check --no-cache --format json --timings -p . >"$work/need.json" 2>"$work/need.err" || true
    "$spawnlint" check --no-cache --exhaustive --format json -p . >"$work/all.json" 2>/dev/null || true
    # A file that was not read is not reported as incomplete, and a bound may be reached in the whole alone.
    python3 - "$work/need.json" "$work/all.json" <<'PYTHON' || { echo "$name: the findings differ" >&2; exit 1; }
import json, sys
need, whole = (json.load(open(path)) for path in sys.argv[1:])
verdict = lambda report: [(site["file"], site["line"], site["call"], site["verdict"]) for site in report["sites"]]
sys.exit(need["findings"] != whole["findings"] or verdict(need) != verdict(whole))
PYTHON
    read=$(sed -n 's/^read \([0-9]*\) of .*/\1/p' "$work/need.err")
    units=$(python3 -c 'import json; print(len(json.load(open("compile_commands.json"))))')
    for ((i = 0; i < runs; i++)); do
        processor python3 "$work/clang.py" "$clang" compile_commands.json >>"$work/$name.clang"
        processor "$spawnlint" check --no-cache -p . >>"$work/$name.need"
        processor "$spawnlint" check --no-cache --exhaustive -p . >>"$work/$name.all"
    done
    awk -v n="$name" -v u="$units" -v r="$read" -v c="$(cut -d ' ' -f 1 "$work/$name.clang" | median)" \
        -v a="$(cut -d ' ' -f 1 "$work/$name.need" | median)" -v e="$(cut -d ' ' -f 1 "$work/$name.all" | median)" \
        -v am="$(cut -d ' ' -f 2 "$work/$name.need" | median)" -v em="$(cut -d ' ' -f 2 "$work/$name.all" | median)" \
        'BEGIN { printf "| %s | %d | %.1f | %.2f | %.2f | %d | %d | %.1f | %.2f | %d |\n", n, u, c, a, a / c, r, am, e, e / c, em }'
done
