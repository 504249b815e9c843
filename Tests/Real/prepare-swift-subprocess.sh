#!/bin/sh
# prepare-swift-subprocess.sh DEST: swift-subprocess at tag 1.0.2; its C shim needs no build.
set -eu
dest=$1
if [ ! -e "$dest/Sources/_SubprocessCShims/process_shims.c" ]; then
  . "$(dirname "$0")/debian-source.sh"
  command -v git > /dev/null || need_packages git ca-certificates
  rm -rf "$dest"
  mkdir -p "$(dirname "$dest")"
  git -c advice.detachedHead=false clone -q --depth 1 --branch 1.0.2 \
    https://github.com/swiftlang/swift-subprocess "$dest"
fi
