#!/bin/sh
# prepare-cpython-whole.sh DEST: CPython 3.11.2 of Debian 12 with a compile database of all that its build compiles:
# the interpreter, its tools, and the extension modules, which setup.py compiles with the interpreter just built.
# The build takes some three minutes of two processors; optimised, it would take three times that and compile the same.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
. "$(dirname "$0")/debian-source.sh"
debian_source python3.11 3.11.2- "$dest"
if [ ! -e "$dest/.spawnlint-built" ]; then
  # The headers decide which modules are compiled; without one of these there are fewer than 263 files.
  need_packages gcc libc6-dev make bear libssl-dev libffi-dev zlib1g-dev libbz2-dev liblzma-dev libsqlite3-dev \
    libreadline-dev libncurses-dev uuid-dev libdb-dev tk-dev libnsl-dev libtirpc-dev
  cd "$dest"
  OPT="-DNDEBUG -fwrapv -O0" ./configure -q
  bear -- make -j2
  python3 - << 'PYTHON'
import json

# In an order that does not depend on which compiler ended first.
with open("compile_commands.json") as file:
    entries = json.load(file)
entries.sort(key=lambda entry: entry["file"])
with open("compile_commands.json", "w") as file:
    json.dump(entries, file, indent=1)
print(len(entries), "files")
PYTHON
  touch .spawnlint-built
fi
