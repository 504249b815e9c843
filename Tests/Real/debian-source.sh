# Sourced by the prepare scripts: fetches a Debian source package.
# debian_source PACKAGE PREFIX DEST [SUITE]: unpacks the newest source of PACKAGE whose version starts
# with PREFIX into DEST, unless DEST is there; from a later SUITE where this system's has it not.

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else
    printf 'needs root, run this first:\n  sudo %s\n' "$*" >&2
    return 1
  fi
}

# need_packages PACKAGE…: installs what is missing.
need_packages() {
  missing=
  for needed in "$@"; do
    dpkg-query -W -f '${Status}' "$needed" 2>/dev/null | grep -q 'ok installed' \
      || missing="$missing $needed"
  done
  [ -z "$missing" ] && return 0
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
}

# Adds a sources entry of its own for source packages; the machine's other entries stay as they are.
enable_sources() {
  list=/etc/apt/sources.list.d/spawnlint-sources.sources
  if [ ! -e "$list" ]; then
    text='Types: deb-src
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb-src
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg'
    if [ "$(id -u)" = 0 ]; then printf '%s\n' "$text" > "$list"; else
      printf 'needs root: write this to %s, then run apt-get update:\n%s\n' "$list" "$text" >&2
      return 1
    fi
    as_root apt-get update
  fi
}

# Source packages of a later release; nothing is installed from it.
enable_suite() {
  list=/etc/apt/sources.list.d/spawnlint-sources-$1.sources
  [ -e "$list" ] && return 0
  text="Types: deb-src
URIs: http://deb.debian.org/debian
Suites: $1
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg"
  if [ "$(id -u)" = 0 ]; then printf '%s\n' "$text" > "$list"; else
    printf 'needs root: write this to %s, then run apt-get update:\n%s\n' "$list" "$text" >&2
    return 1
  fi
  as_root apt-get update
}

# Versions of source package $1 that begin with $2, newest first.
source_versions() {
  apt-cache showsrc "$1" 2>/dev/null | sed -n 's/^Version: //p' | grep "^$2" | sort -rVu
}

debian_source() {
  package=$1 prefix=$2 dest=$3
  [ -e "$dest/.spawnlint-unpacked" ] && return 0
  need_packages dpkg-dev
  enable_sources
  [ $# -lt 4 ] || enable_suite "$4"
  [ -n "$(source_versions "$package" "$prefix")" ] || as_root apt-get update
  # A mirror may list a security update before it holds the files: take the newest that arrives.
  for version in $(source_versions "$package" "$prefix"); do
    work=$(mktemp -d)
    chmod 755 "$work"
    if (cd "$work" && apt-get source --only-source "$package=$version"); then
      tree=$(find "$work" -mindepth 1 -maxdepth 1 -type d)
      if [ -n "$tree" ]; then
        rm -rf "$dest"
        mkdir -p "$(dirname "$dest")"
        mv "$tree" "$dest"
        rm -rf "$work"
        touch "$dest/.spawnlint-unpacked"
        return 0
      fi
    fi
    rm -rf "$work"
  done
  echo "no source of $package $prefix… could be fetched" >&2
  return 1
}
