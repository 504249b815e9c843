#!/usr/bin/env bash
# Runs spawnlint as the action's inputs tell. They come by the environment, so that nothing in them is a command.
set -uo pipefail

lines() { # lines TEXT: each line that is not empty, into `words`
    words=()
    while IFS= read -r line; do
        line=${line%$'\r'}
        [ -n "$line" ] && words+=("$line")
    done <<<"$1"
}

options=() behind=()
lines "$SPAWNLINT_ARGUMENTS"
for index in "${!words[@]}"; do
    if [ "${words[$index]}" = -- ]; then
        behind=("${words[@]:$index}")
        break
    fi
    options+=("${words[$index]}")
done
lines "$SPAWNLINT_PATHS"
[ -n "$SPAWNLINT_BUILD_DIRECTORY" ] && options+=(-p "$SPAWNLINT_BUILD_DIRECTORY")
[ -n "$SPAWNLINT_DIFF" ] && options+=(--diff "$SPAWNLINT_DIFF")
[ -n "$SPAWNLINT_FAIL_ON" ] && options+=(--fail-on "$SPAWNLINT_FAIL_ON")
[ -n "$SPAWNLINT_SARIF" ] && options+=(--report "sarif=$SPAWNLINT_SARIF" --omit-suppressed)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
[ "$SPAWNLINT_ANNOTATIONS" = true ] && options+=(--report "github=$scratch/annotations")
[ "$SPAWNLINT_SUMMARY" = true ] && options+=(--report "markdown=$scratch/summary")

# Lines of the sources must not be taken for commands of the workflow.
token=spawnlint-$RANDOM$RANDOM$RANDOM
echo "::stop-commands::$token"
spawnlint check ${options[@]+"${options[@]}"} ${words[@]+"${words[@]}"} ${behind[@]+"${behind[@]}"}
status=$?
echo "::$token::"

[ -f "$scratch/annotations" ] && cat "$scratch/annotations"
[ -f "$scratch/summary" ] && cat "$scratch/summary" >>"$GITHUB_STEP_SUMMARY"
echo "status=$status" >>"$GITHUB_OUTPUT"
# With another status nothing was written, and a file is an old one.
if [ -n "$SPAWNLINT_SARIF" ] && [[ $status = [013] ]]; then
    echo "sarif=$(realpath -m --relative-to="${GITHUB_WORKSPACE:-.}" "$SPAWNLINT_SARIF")" >>"$GITHUB_OUTPUT"
fi
# Incomplete files are no findings; who wants nothing to fail, does not want that either.
[ "$status" -eq 3 ] && [ "$SPAWNLINT_FAIL_ON" = never ] && exit 0
exit "$status"
