#!/bin/sh
# prepare-mod-wsgi.sh DEST: mod_wsgi 4.9.4 from PyPI, with the headers of Debian's Apache and Python.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
. "$(dirname "$0")/debian-source.sh"
need_packages apache2-dev libapr1-dev libaprutil1-dev python3-dev
if [ ! -e "$dest/src/server/mod_wsgi.c" ]; then
  rm -rf "$dest"
  mkdir -p "$dest"
  # pip would run its setup, which wants more than the headers.
  python3 - "$dest" <<'PYTHON'
import io, re, sys, tarfile, urllib.request
index = urllib.request.urlopen("https://pypi.org/simple/mod-wsgi/").read().decode()
address = re.search(r'href="([^"#]*/mod_wsgi-4\.9\.4\.tar\.gz)', index).group(1)
archive = tarfile.open(fileobj=io.BytesIO(urllib.request.urlopen(address).read()))
for member in archive.getmembers():
    member.name = member.name.partition("/")[2]
    if member.name and not member.name.startswith(("/", "..")) and "/../" not in member.name:
        archive.extract(member, sys.argv[1])
PYTHON
fi
