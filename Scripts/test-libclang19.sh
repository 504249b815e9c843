#!/bin/sh
# All tests once more with Debian's libclang 19 for headers and library, in a build folder of its own.
set -eu
prefix=/usr/lib/llvm-19
if [ ! -e $prefix/include/clang-c/Index.h ]; then
    install='apt-get install -y --no-install-recommends libclang-19-dev'
    if [ "$(id -u)" -ne 0 ]; then
        echo "Missing: libclang-19-dev. Run:  sudo apt-get update && sudo $install" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    $install -qq >/dev/null
fi
export LIBCLANG_PREFIX=$prefix
exec sh Scripts/run-tests.sh --scratch-path .build-libclang19
