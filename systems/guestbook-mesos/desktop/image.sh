#!/bin/bash
# First step: what an image of the machines would bring, by the program that bakes them. Once for each list of parts.
set -euo pipefail

done=/var/lib/slipway-desktop/image

if [ "${1-}" = --help ]; then
  echo "usage: image.sh, with PACKAGES, DOWNLOADS, CONTAINER_IMAGES and UNITS_OFF"
  echo "Makes the box what the images of the machines are, by ../machine/bake.sh; again only when a part changes."
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo "image.sh must run as root; run it with sudo." >&2
  exit 1
fi

parts=$(printf '%s\n' "$PACKAGES" "$DOWNLOADS" "$CONTAINER_IMAGES" "$UNITS_OFF" | sha256sum)
# It empties the folder of ZooKeeper, which here is in use after the first time.
if [ "$(cat "$done" 2>/dev/null)" = "$parts" ]; then exit 0; fi
if [ -e "$done" ]; then
  echo "The parts of the box have changed: make it anew, by vagrant destroy and vagrant up." >&2
  exit 1
fi
bash /srv/guestbook-mesos/machine/bake.sh
mkdir -p "$(dirname "$done")"
printf '%s\n' "$parts" >"$done"
