#!/bin/sh
# What Package.swift makes of LIBCLANG_PREFIX, tried on installations of empty files.
set -u
cd "$(dirname "$0")/../.."
swift=${SWIFT:-swift}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
count=0

# installation FILE…: a new prefix with these files. Each has a path of its own, since SwiftPM caches what a manifest
# says by its environment.
installation() {
    count=$((count + 1))
    prefix=$scratch/$count
    for file in "$@"; do
        mkdir -p "$prefix/$(dirname "$file")"
        : >"$prefix/$file"
    done
}

# expect NAME TEXT: the manifest's flags or its message must contain TEXT.
expect() {
    output=$(LIBCLANG_PREFIX=$prefix "$swift" package dump-package 2>&1)
    case $output in
    *"$2"*) ;;
    *)
        echo "discovery: $1: expected '$2' in:"
        printf '%s\n' "$output" | grep -E 'spawnlint:|libclang' | head -n 5
        failures=$((failures + 1))
        ;;
    esac
}

headers=include/clang-c/Index.h

installation lib/libclang.so.19.1
expect 'no headers' "spawnlint: LIBCLANG_PREFIX=$prefix: there is no include/clang-c/Index.h"

installation $headers lib/libclang-cpp.so.19
expect 'no library, only the C++ one' "spawnlint: LIBCLANG_PREFIX=$prefix: there is no libclang in lib/"

installation $headers lib/libclang-16.so.1
expect 'too old' "spawnlint: $prefix/lib/libclang-16.so.1 is version 16; 17 or later is needed"

installation $headers lib/libclang.so.17.0.6 lib/libclang-20.so.1 lib/libclang-18.so.1
expect 'newest of several' "\"$prefix/lib/libclang-20.so.1\""

installation $headers lib/libclang.so.17.0.6
ln -s libclang.so.17.0.6 "$prefix/lib/libclang.so.13"
ln -s libclang.so.13 "$prefix/lib/libclang.so"
expect 'an ABI number is not a version' "\"$prefix/lib/libclang.so"
expect 'the headers beside it' "\"-I$prefix/include\""

installation $headers lib/libclang.so lib/clang/21/include/stddef.h
expect 'version by the resource folder' "\"$prefix/lib/libclang.so\""

[ $failures -eq 0 ] && echo 'discovery: all expectations met'
exit $failures
