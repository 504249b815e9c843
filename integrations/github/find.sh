#!/usr/bin/env bash
# Tells the next steps whether spawnlint is on the PATH, and if not, where it will be and what names its version.
set -euo pipefail

if command -v spawnlint >/dev/null; then
    echo "found=true" >>"$GITHUB_OUTPUT"
    exit
fi
# The names and contents of all that the program is built from: an action's folder is no git checkout.
sources=$(cd "$GITHUB_ACTION_PATH" && find Package.swift Plugins Rules Sources -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-32)
{
    echo "found=false"
    echo "sources=$sources"
    echo "prefix=${RUNNER_TEMP:-/tmp}/spawnlint-$sources"
} >>"$GITHUB_OUTPUT"
