#!/bin/sh
# Lints the samples, the reference spawner with a wrong twin, and one real spawn module with the program $1 and shows what it says. Findings are the point
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

spawner=Sources/ReferenceSpawner
printf '\nA whole library: the reference spawner, with a program that hands in a callback\n'
show sites $spawner/*.c Tests/ReferenceSpawner/user.c -- -I$spawner/include

# The twin is the same library with a few of the mistakes that its tests seed.
twin=.build/demo/wrong-spawner
rm -rf $twin && mkdir -p $twin && cp -R $spawner/. Tests/ReferenceSpawner/user.c $twin
for mistake in lock-across-vfork child-searches-path child-remembers-kernel child-takes-lock handlers-stay; do
    git apply --directory=$twin Tests/ReferenceSpawner/mutants/$mistake.patch || exit 1
done
printf '\nIts wrong twin\n'
show check $twin/*.c -- -I$twin/include

sh Tests/Real/prepare-swift-subprocess.sh $module || {
    echo 'swift-subprocess could not be fetched from GitHub; the demo of a real module needs a network.' >&2
    exit 1
}

printf '\nA real spawn module: the C shim of swift-subprocess\n'
show check $shims/process_shims.c -- -I$shims/include
show sites $shims/process_shims.c -- -I$shims/include
