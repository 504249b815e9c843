#!/bin/sh
# prepare-libuv.sh DEST: libuv 1.44.2 of Debian 12; it needs no build.
set -eu
. "$(dirname "$0")/debian-source.sh"
debian_source libuv1 1.44.2- "$1"
