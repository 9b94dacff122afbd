#!/bin/sh
# Fourth step: the tables of the guestbook. Vagrant reboots the machine when this is done.
set -eu

environment=/etc/guestbook/environment

if [ "${1-}" = --help ] || [ $# -ne 1 ]; then
  echo "usage: postbootstrap.sh <image>"
  echo "Migrates the database with the guestbook's own command, in a container that is gone afterwards."
  [ "${1-}" = --help ] && exit 0
  exit 2
fi
if [ ! -r "$environment" ]; then
  echo "postbootstrap.sh cannot read $environment; apply manifests/default.pp first, and run this as root." >&2
  exit 1
fi

# The URL of the database stays in the file: an argument would be seen by every user.
docker run --rm --pull never --env-file "$environment" "$1" node migrate.mjs
