#!/bin/sh
# prepare-udisks.sh DEST: udisks 2.9.4 of Debian 12, with the sources that its build generates for the job
# that spawns a command.
set -eu
dest=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
. "$(dirname "$0")/debian-source.sh"
debian_source udisks2 2.9.4- "$dest"
if [ ! -e "$dest/config.h" ]; then
  need_packages libglib2.0-dev libglib2.0-dev-bin libgudev-1.0-dev libpolkit-gobject-1-dev
  cd "$dest/udisks"
  gdbus-codegen --interface-prefix org.freedesktop.UDisks2. --c-namespace UDisks \
    --c-generate-object-manager --c-generate-autocleanup all \
    --generate-c-code udisks-generated ../data/org.freedesktop.UDisks2.xml
  glib-mkenums --template udisksenumtypes.h.template udisksenums.h > udisksenumtypes.h
  sed 's/@UDISKS_MAJOR_VERSION@/2/; s/@UDISKS_MINOR_VERSION@/9/; s/@UDISKS_MICRO_VERSION@/4/' \
    udisksversion.h.in > udisksversion.h
  echo '#define GETTEXT_PACKAGE "udisks2"' > ../config.h
fi
