#!/bin/sh
# Puts the programs and units of this folder where a machine has them, and lets the units start with the next boot.
# Usage: install.sh [ROOT], by default the machine itself. Run as root.
set -eu

case ${1:-} in
-h | --help)
  sed -n '2,3s/^# //p' "$0"
  exit
  ;;
esac
root=${1:-}
here=$(cd "$(dirname "$0")" && pwd)

install -d "$root/usr/local/lib/slipway" "$root/usr/local/bin" "$root/etc/systemd/system"
for program in swarm-join swarm-keep swarm-recover database-secret registry-login prune-images; do
  install -m 0755 "$here/$program" "$root/usr/local/lib/slipway/$program"
done
install -m 0644 "$here"/*.py "$root/usr/local/lib/slipway/"
# What an operator types, as in the runbook.
ln -sf ../lib/slipway/swarm-recover "$root/usr/local/bin/swarm-recover"
if [ -f "$here/poll-updates.sh" ]; then install -m 0755 "$here/poll-updates.sh" "$root/usr/local/bin/poll-updates.sh"; fi
for unit in "$here"/*.service "$here"/*.timer; do
  if [ ! -f "$unit" ]; then continue; fi
  install -m 0644 "$unit" "$root/etc/systemd/system/"
  if grep -q '^\[Install\]' "$unit"; then systemctl ${root:+--root="$root"} enable "${unit##*/}"; fi
done
