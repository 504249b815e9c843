#!/bin/sh
# Installs what the build needs and does not find: the clang-c headers, a libclang, a C library's headers, and what the
# arguments name: a program, or a file's pattern, which has a slash; after a colon its package, where that has another
# name. Only root installs; anybody else is told the command.
set -eu

# The oldest version in use, see Package.swift.
oldest_headers=14
oldest_library=17

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

# Succeeds if some /usr/lib/llvm-N with N >= $1 has a file that matches $2.
llvm_has() {
    for prefix in /usr/lib/llvm-*; do
        version=${prefix#/usr/lib/llvm-}
        case $version in *[!0-9]* | '') continue ;; esac
        [ "$version" -ge "$1" ] || continue
        for file in "$prefix"/$2; do
            [ -e "$file" ] && return 0
        done
    done
    return 1
}

swift=$(command -v "${SWIFT:-swift}") || stop 'Swift 6 is missing: install it as https://www.swift.org/install tells and put it on the PATH.'
toolchain=$(dirname "$(dirname "$(readlink -f "$swift")")")

missing=
if [ -z "${LIBCLANG_PREFIX:-}" ]; then
    llvm_has $oldest_headers include/clang-c/Index.h || missing="$missing libclang-dev"
    if [ ! -e "$toolchain/lib/libclang.so" ] && ! llvm_has $oldest_library 'lib/clang/*/include/stddef.h'; then
        missing="$missing libclang-19-dev"
    fi
fi
[ -e /usr/include/stdio.h ] || missing="$missing libc6-dev"
for wanted in git "$@"; do
    name=${wanted%%:*}
    case $name in
    # Unquoted: the pattern's first match.
    */*) set -- $name && [ -e "$1" ] ;;
    *) command -v "$name" >/dev/null ;;
    esac || missing="$missing ${wanted##*:}"
done
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
command -v apt-get >/dev/null || stop "Missing (Debian's package names):$missing"
[ "$(id -u)" -eq 0 ] || stop "Missing:$missing. Run:  sudo apt-get update && sudo $install"

echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# A fresh image has no package lists; old lists name files that are gone.
apt-get update -qq
$install -qq >/dev/null || stop "This failed:  $install"
