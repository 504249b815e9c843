#!/bin/sh
# run.sh SPAWNLINT [NAME...]: installs the consumers of reports beside the build, then runs run.py.
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
tools=${SPAWNLINT_TOOLS:-$folder/../../.build/integrations}
if [ ! -x "$tools/bin/pre-commit" ]; then
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r "$folder/requirements.txt"
fi
SPAWNLINT_TOOLS=$(cd "$tools" && pwd)
export SPAWNLINT_TOOLS PYTHONDONTWRITEBYTECODE=1
exec "$tools/bin/python" "$folder/run.py" "$@"
