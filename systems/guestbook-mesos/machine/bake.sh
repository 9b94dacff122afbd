#!/bin/bash
# Makes Debian one of the machines of guestbook-mesos, while its image is baked: nothing is downloaded when it boots.
#   PACKAGES          of Debian
#   DOWNLOADS         NAME.KIND|ADDRESS|SHA-256: a deb is installed, the program in a zip goes to /usr/local/bin, a tar.gz to /opt
#   CONTAINER_IMAGES  NAME=REFERENCE@sha256:DIGEST, which the machine then has as slipway/NAME:baked
#   UNITS_OFF         units that the first converge starts, and not the boot
set -euo pipefail

if [ "$(id -u)" -ne 0 ]; then exec sudo --preserve-env=PACKAGES,DOWNLOADS,CONTAINER_IMAGES,UNITS_OFF bash "$0"; fi

fail() {
  echo "bake: $*" >&2
  exit 1
}

apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 "$@"
}

# What is installed here has nothing to serve yet.
quietly() {
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
  local code=0
  "$@" || code=$?
  rm /usr/sbin/policy-rc.d
  return "$code"
}

# download NAME ADDRESS SHA-256: the file, once it is known to be the one that somebody has checked.
download() {
  local file=$work/$1 found
  curl -fsSL --retry 3 --connect-timeout 20 -o "$file" "$2" || fail "cannot get $2; give the address of a mirror by -var"
  found=$(sha256sum "$file" | cut -d ' ' -f 1)
  [ "$found" = "$3" ] || fail "$2 has the SHA-256 $found, and $3 was asked for; nothing of it is installed"
}

bring() {
  local file=$work/$1
  case $1 in
    *.deb) quietly apt install -y --no-install-recommends "$file" ;;
    *.zip)
      unzip -qo "$file" "${1%.zip}" -d /usr/local/bin
      chmod 755 "/usr/local/bin/${1%.zip}"
      ;;
    *.tar.gz)
      mkdir -p "/opt/${1%.tar.gz}"
      tar -xzf "$file" -C "/opt/${1%.tar.gz}" --strip-components 1
      ;;
    *) fail "$1: want a deb, a zip or a tar.gz" ;;
  esac
}

pull() {
  docker pull --quiet "$2" || fail "cannot pull $2"
  docker tag "$2" "slipway/$1:baked"
}

work=$(mktemp -d)
# apt reads packages as a user of its own.
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

# What cloud-init still does to this machine; an image for which it never ran is not waited for.
if command -v cloud-init >/dev/null; then timeout 300 cloud-init status --wait >/dev/null || true; fi
apt update
# shellcheck disable=SC2086 # they are several
quietly apt install -y --no-install-recommends $PACKAGES

for one in $DOWNLOADS; do
  IFS='|' read -r name address digest <<<"$one"
  download "$name" "$address" "$digest"
  bring "$name"
done
command -v cinc-client >/dev/null || fail "there is no cinc-client: machines could not converge"

if [ -n "$CONTAINER_IMAGES" ]; then
  systemctl start docker.service
  for one in $CONTAINER_IMAGES; do pull "${one%%=*}" "${one#*=}"; done
fi

for unit in $UNITS_OFF; do systemctl disable --quiet "$unit"; done

# Debian's package leaves a link where the ensemble's volume will be mounted.
if [ -d /var/lib/zookeeper ]; then find /var/lib/zookeeper -mindepth 1 -delete; fi
mkdir -p /etc/cinc /usr/local/lib/slipway
echo "bake: done"
