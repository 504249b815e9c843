#!/usr/bin/env bash
# Measures the look at all words of a program against ripgrep on the same files.
#
#   scan.sh NAME=DIR…   folders with a compile_commands.json
#
#   SPAWNLINT=path  the program; default .build/release/spawnlint
#   RUNS=n          runs of each, default 5; the median counts
#
# Both look at the main files of the database and at the headers of their tree that these include; which headers, clang
# is asked (CLANG=path). ripgrep counts every word of C: that is what spawnlint has to find; it also records which
# function each stands in, what is called, what is stored to. The second count, of twenty fixed words, is what a search
# could do that builds no such index: ripgrep then compares 16 bytes at a time.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=${RUNS:-5}
spawnlint=$(realpath "${SPAWNLINT:-$root/.build/release/spawnlint}")
clang=${CLANG:-$(dirname "$(readlink -f "$(command -v swift)")")/clang}
command -v rg >/dev/null || { echo "scan.sh needs ripgrep (Debian: ripgrep)" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

printf '%s\n' fork vfork _Fork forkpty rfork pdfork clone clone3 syscall posix_spawn posix_spawnp daemon popen system \
    pthread_atfork pthread_create thrd_create sigaction signal exit >"$work/words"

# The database's files and what they include of the tree, one path a line.
cat >"$work/files.py" <<'PYTHON'
import json, os, shlex, subprocess, sys
clang, folder = sys.argv[1:]
files = set()
for entry in json.load(open(os.path.join(folder, "compile_commands.json"))):
    directory = os.path.join(folder, entry["directory"])
    words = entry.get("arguments") or shlex.split(entry["command"])
    flags, skip = [], False
    for word in words[1:]:
        if skip: skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"): skip = True
        elif word not in ("-c", "-MD", "-MMD", "-MP"): flags.append(word)
    done = subprocess.run([clang, "-MM", *flags], cwd=directory, capture_output=True, text=True)
    names = done.stdout.replace("\\\n", " ").split()[1:] + [entry["file"]]
    for name in names:
        path = os.path.realpath(os.path.join(directory, name))
        if os.path.isfile(path) and not path.startswith("/usr/"): files.add(path)
print("\n".join(sorted(files)))
PYTHON

# Seconds on the clock and of processor time of "$@".
measure() {
    python3 - "$@" <<'PYTHON'
import os, subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall = time.monotonic() - start
times = os.times()
print(f"{wall:.3f} {times.children_user + times.children_system:.3f}")
PYTHON
}

median() { cut -d ' ' -f "$2" "$1" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

echo "$(date -u +%Y-%m-%d), $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), $(rg --version | head -n 1), median of $runs, seconds on the clock (processor)"
echo
echo "| project | files | MB | rg, all words | scan | ratio (processor) | rg, 20 words |"
echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
for project in "$@"; do
    name=${project%%=*} folder=$(realpath "${project#*=}")
    python3 "$work/files.py" "$clang" "$folder" >"$work/files"
    mapfile -t files <"$work/files"
    for ((i = 0; i < runs; i++)); do
        measure rg -j2 --count-matches '(?-u)[A-Za-z_$][A-Za-z0-9_$]*' "${files[@]}" >>"$work/$name.all"
        measure rg -j2 -c -w -f "$work/words" "${files[@]}" >>"$work/$name.few"
        (cd "$folder" && "$spawnlint" check --no-cache --jobs 2 --timings -p . 2>&1 >/dev/null || true) \
            | sed -n 's/^scan: \([0-9.]*\) s, processor \([0-9.]*\) s.*/\1 \2/p' >>"$work/$name.scan"
    done
    [ -s "$work/$name.scan" ] || { echo "$name: too small to be read by need" >&2; exit 1; }
    awk -v n="$name" -v f="${#files[@]}" -v b="$(cat "${files[@]}" | wc -c)" \
        -v aw="$(median "$work/$name.all" 1)" -v ap="$(median "$work/$name.all" 2)" \
        -v sw="$(median "$work/$name.scan" 1)" -v sp="$(median "$work/$name.scan" 2)" \
        -v fw="$(median "$work/$name.few" 1)" -v fp="$(median "$work/$name.few" 2)" \
        'BEGIN { printf "| %s | %d | %.1f | %.2f (%.2f) | %.2f (%.2f) | %.1f | %.2f (%.2f) |\n", n, f, b / 1e6, aw, ap, sw, sp, sp / ap, fw, fp }'
done
