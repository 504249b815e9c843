#!/bin/sh
# All tests with one pair of libclang headers and library, in a build folder of its own:
#   14  Debian's headers of version 14 with the Swift toolchain's library
#   19  Debian's version 19 for both
set -eu
version=$1
prefix=/usr/lib/llvm-$version
if [ ! -e "$prefix/include/clang-c/Index.h" ]; then
    install="apt-get install -y --no-install-recommends libclang-$version-dev"
    if [ "$(id -u)" -ne 0 ]; then
        echo "Missing: libclang-$version-dev. Run:  sudo apt-get update && sudo $install" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    $install -qq >/dev/null
fi

build=.build-libclang$version
case $version in
14)
    # An installation that does not exist as such: links to its two halves.
    toolchain=$(dirname "$(dirname "$(readlink -f "$(command -v "${SWIFT:-swift}")")")")
    mkdir -p "$build/prefix"
    ln -sfn "$prefix/include" "$build/prefix/include"
    ln -sfn "$toolchain/lib" "$build/prefix/lib"
    prefix=$PWD/$build/prefix
    ;;
esac
export LIBCLANG_PREFIX="$prefix"
exec sh Scripts/run-tests.sh --scratch-path "$build"
