#!/usr/bin/env bash
# Builds and installs spawnlint below $PREFIX, unless a cache brought it, and puts it on the PATH of the next steps.
set -euo pipefail

if [ ! -x "$PREFIX/bin/spawnlint" ] || ! "$PREFIX/bin/spawnlint" --version; then
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    if ! ls /usr/lib/llvm-*/include/clang-c >/dev/null 2>&1; then
        $sudo apt-get update -qq
        $sudo apt-get install -y -qq --no-install-recommends libclang-dev
    fi
    make -C "$GITHUB_ACTION_PATH" install PREFIX="$PREFIX"
fi
echo "$PREFIX/bin" >>"$GITHUB_PATH"
