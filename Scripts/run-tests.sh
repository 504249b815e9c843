#!/bin/sh
# Builds everything with warnings as errors and runs all tests. Arguments go to `swift build` and `swift test`.
set -eu
export SPAWNLINT_WARNINGS_AS_ERRORS=1
"${SWIFT:-swift}" build --build-tests "$@"
# The tests use Swift Testing only.
"${SWIFT:-swift}" test --skip-build --disable-xctest "$@"
