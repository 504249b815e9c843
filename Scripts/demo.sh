#!/bin/sh
# Lints the two samples and one real spawn module with the program $1 and shows what it says. Findings are the point
# and don't fail; an analysis that did not work does.
set -u
cd "$(dirname "$0")/.."
spawnlint=$1
module=.build/demo/swift-subprocess
shims=$module/Sources/_SubprocessCShims

# Shows a command and runs it. 0 and 1 (findings) are results; 2 and 3 are failures of the set-up or of the analysis.
show() {
    printf '\n$ spawnlint %s\n' "$*"
    "$spawnlint" "$@"
    status=$?
    [ $status -le 1 ] || {
        echo "The analysis failed with status $status." >&2
        exit 1
    }
}

"$spawnlint" --version || exit 1

show check Samples/spawn_wrong.c
show check Samples/spawn_right.c
show sites Samples/spawn_right.c

sh Tests/Real/prepare-swift-subprocess.sh $module || {
    echo 'swift-subprocess could not be fetched from GitHub; the demo of a real module needs a network.' >&2
    exit 1
}

printf '\nA real spawn module: the C shim of swift-subprocess\n'
show check $shims/process_shims.c -- -I$shims/include
show sites $shims/process_shims.c -- -I$shims/include
