#!/bin/bash
# Second step: what user data and the metadata service would tell a machine, then the converge of its first boot.
set -euo pipefail

here=${DESKTOP:-/srv/guestbook-mesos/desktop}
programs=/usr/local/lib/slipway

if [ "${1-}" = --help ]; then
  echo "usage: boot.sh"
  echo "Stands in for AWS, writes the settings of the box, and converges it by the boot program of the machines."
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo "boot.sh must run as root; run it with sudo." >&2
  exit 1
fi

# Before /usr/bin on every path: the box has no account to ask AWS with.
install -D -m 755 "$here/stand-ins/aws" /usr/local/bin/aws
install -D -m 755 "$here/stand-ins/metadata" "$programs/desktop-metadata"
install -D -m 644 "$here/stand-ins/slipway-desktop-metadata.service" /etc/systemd/system/slipway-desktop-metadata.service
install -D -m 644 "$here/node.json" /etc/slipway/node.json
install -D -m 755 /srv/common-machine/attach-volume "$programs/attach-volume"
install -D -m 644 /srv/common-machine/slipway_boot.py "$programs/slipway_boot.py"
install -D -m 755 /srv/guestbook-mesos/boot/node-converge "$programs/node-converge"
# Docker of the box can be used from the desktop: see README.md.
if id vagrant >/dev/null 2>&1; then usermod --append --groups docker vagrant; fi
systemctl daemon-reload
systemctl --quiet enable --now slipway-desktop-metadata.service
for _ in $(seq 60); do
  if curl -fsS -o /dev/null -X PUT http://169.254.169.254/latest/api/token; then break; fi
  sleep 1
done
"$programs/node-converge"
