# Shared by the install scripts; sourced, never run.
# shellcheck shell=bash

os_release=${OS_RELEASE:-/etc/os-release}
apt=${APT_ROOT:-}/etc/apt

fail() {
  echo "${0##*/}: $*" >&2
  exit 2
}

# Sets $distribution and $codename. The packages below exist for these two; on another one nothing is touched.
detect_distribution() {
  [ "$(id -u)" -eq 0 ] || fail "run it as root, for example with sudo"
  [ -r "$os_release" ] || fail "cannot read $os_release: is this Debian or Ubuntu?"
  # shellcheck source=/dev/null
  distribution=$(. "$os_release" && echo "${ID:-}")
  # shellcheck source=/dev/null
  codename=$(. "$os_release" && echo "${VERSION_CODENAME:-}")
  case $distribution in
    debian | ubuntu) ;;
    *) fail "made for Debian and Ubuntu, this is '${distribution:-unknown}'" ;;
  esac
  [ -n "$codename" ] || fail "$os_release names no VERSION_CODENAME"
}

install_packages() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }

# add_repository NAME KEY_URL FINGERPRINT URI COMPONENT
# The key is trusted for this repository only, and only when it is the one that we expect. Running it again overwrites.
add_repository() {
  local name=$1 key_url=$2 fingerprint=$3 uri=$4 component=$5 key
  apt-get update
  install_packages ca-certificates curl gnupg
  key=$(mktemp)
  curl -fsSL "$key_url" -o "$key"
  if ! gpg --show-keys --with-colons "$key" | grep -q "^fpr:.*:$fingerprint:"; then
    rm -f "$key"
    fail "the key at $key_url is not $fingerprint; nothing was changed"
  fi
  mkdir -p "$apt/keyrings" "$apt/sources.list.d"
  gpg --batch --yes --dearmor -o "$apt/keyrings/$name.gpg" "$key"
  rm -f "$key"
  cat >"$apt/sources.list.d/$name.sources" <<SOURCE
Types: deb
URIs: $uri
Suites: $codename
Components: $component
Signed-By: $apt/keyrings/$name.gpg
SOURCE
  apt-get update
}

hashicorp_repository() {
  add_repository hashicorp https://apt.releases.hashicorp.com/gpg 798AEC654E5C15428C8E42EEAA16FCBCA621E701 \
    https://apt.releases.hashicorp.com main
}
