#!/bin/sh
# Last step of every image: removes what must not be copied into it, then fails the build over anything that is left.
set -eu

if [ "$(id -u)" -ne 0 ]; then exec sudo sh "$0" "$@"; fi

homes() { printf '%s\n' /root /home/*; }

clean() {
  if command -v cloud-init >/dev/null; then cloud-init clean --logs --seed; fi
  apt-get clean
  rm -rf /var/lib/apt/lists/* /var/lib/cloud/* /var/log/cloud-init* /var/tmp/* /var/lib/systemd/random-seed
  rm -f /etc/ssh/ssh_host_*
  homes | while read -r home; do
    for secret in .ssh .ansible .aws .docker .gnupg .cache .netrc .bash_history .mysql_history .python_history .lesshst; do
      rm -rf "${home:?}/$secret"
    done
  done
  if [ -d /var/log/journal ]; then find /var/log/journal -mindepth 1 -delete; fi
  find /var/log -type f -exec truncate -s 0 {} +
  # Docker makes its own identity when it starts for the first time.
  rm -f /etc/docker/key.json /var/lib/docker/engine-id
  # Empty, not absent: systemd then makes a new one at first boot.
  if [ -e /etc/machine-id ]; then : >/etc/machine-id; fi
  if [ -f /var/lib/dbus/machine-id ] && [ ! -L /var/lib/dbus/machine-id ]; then rm -f /var/lib/dbus/machine-id; fi
}

left() {
  if [ -s /etc/machine-id ]; then echo "/etc/machine-id (the same on every machine)"; fi
  find /etc/ssh -name 'ssh_host_*' 2>/dev/null || true
  # A node's identity and keys: each machine of a swarm has its own, or they are all taken for one.
  find /var/lib/docker/swarm -mindepth 1 -type f 2>/dev/null || true
  find /var/lib/cloud -mindepth 1 2>/dev/null || true
  find /root /home -name authorized_keys -o -name '.*_history' -o -name credentials -path '*/.aws/*' 2>/dev/null || true
  find / -xdev \( -path /proc -o -path /sys -o -path /usr/share -o -path /usr/lib -o -path /tmp \) -prune \
    -o -type f -size -1024k -exec grep -lIE \
    -e '^-----BEGIN ([A-Z]+ )?PRIVATE KEY-----' -e '(^|[^A-Z0-9])A(KIA|SIA)[A-Z0-9]{16}([^A-Z0-9]|$)' {} + 2>/dev/null || true
}

if [ "${1:-}" != --verify-only ]; then clean; fi
found=$(left)
if [ -n "$found" ]; then
  printf 'seal: these must not end up in an image:\n%s\n' "$found" >&2
  exit 1
fi
echo "seal: clean"
