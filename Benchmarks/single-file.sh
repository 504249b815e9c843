#!/usr/bin/env bash
# Measures `spawnlint check FILE` against `clang -fsyntax-only FILE` with the same flags, file by file.
#
#   SPAWNLINT=path  the program; default .build/release/spawnlint
#   CLANG=path      default: the clang beside swift, the same version as the toolchain's libclang
#   RUNS=n          runs of each program per file, taken alternately; default 15
#
# Prints a Markdown table of medians. An empty file is measured too; its difference in milliseconds counts.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
sources=$root/.build/benchmarks
runs=${RUNS:-15}
spawnlint=$(realpath "${SPAWNLINT:-$root/.build/release/spawnlint}")
clang=${CLANG:-$(dirname "$(readlink -f "$(command -v swift)")")/clang}

bash "$root/Benchmarks/fetch-sources.sh" "$sources"

# Microseconds of one run of "$@"; statuses that mean "done" are 0, 1 (findings) and 3 (incomplete).
run() {
    local start=${EPOCHREALTIME/./} status=0
    "$@" >/dev/null 2>"$sources/stderr" || status=$?
    elapsed=$((${EPOCHREALTIME/./} - start))
    case $status in
    0 | 1 | 3) ;;
    *)
        echo "status $status: $*" >&2
        head -n 5 "$sources/stderr" >&2
        exit 1
        ;;
    esac
}

median() { printf '%s\n' "$@" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

# Prints one row: name, then medians of clang and spawnlint for the file $2 with the flags that follow.
measure() {
    local name=$1 file=$2 clang_times=() spawnlint_times=() elapsed
    shift 2
    "$clang" -fsyntax-only "$@" "$file" 2>"$sources/stderr" || {
        echo "clang does not accept $name:" >&2
        grep -m 3 error: "$sources/stderr" >&2
        exit 1
    }
    run "$spawnlint" check --no-cache "$file" -- "$@" # both programs and the file are in the page cache now
    for ((i = 0; i < runs; i++)); do
        run "$clang" -fsyntax-only "$@" "$file"
        clang_times+=("$elapsed")
        run "$spawnlint" check --no-cache "$file" -- "$@"
        spawnlint_times+=("$elapsed")
    done
    awk -v name="$name" -v c="$(median "${clang_times[@]}")" -v s="$(median "${spawnlint_times[@]}")" \
        'BEGIN { printf "| %s | %.1f | %.1f | %+.1f | %s |\n", name, c / 1000, s / 1000, (s - c) / 1000,
                 (c + 0 < 100000 ? "" : sprintf("%.2f", s / c)) }'
}

echo "$(date -u +%Y-%m-%d), $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), $runs runs each"
echo "$("$spawnlint" --version | tr '\n' ' '); $("$clang" --version | head -n 1)"
echo
echo "| file | clang (ms) | spawnlint (ms) | difference (ms) | ratio |"
echo "| --- | ---: | ---: | ---: | ---: |"

: >"$sources/empty.c"
measure "an empty file" "$sources/empty.c"

while IFS=$'\t' read -r package folder file flags; do
    case $package in '#'* | '') continue ;; esac
    case $flags in
    @python)
        config=$sources/libpython3.11-dev/usr/include
        flags="-w -DPy_BUILD_CORE -IInclude -IInclude/internal -I. -I$config/python3.11 -I$config"
        ;;
    @git) flags="-w -I. -D_GNU_SOURCE -DSHA1_BLK -DSHA256_BLK -DNO_OPENSSL -DHAVE_ALLOCA_H -DHAVE_PATHS_H -DNO_STRLCPY" ;;
    esac
    cd "$sources"/$folder
    # shellcheck disable=SC2086 -- flags are words
    measure "$package: $file" "$file" $flags
done <"$root/Benchmarks/files.tsv"
