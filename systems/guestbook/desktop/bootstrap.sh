#!/bin/sh
# Second step: the Puppet agent, the modules that manifests/default.pp uses, and a password for the database.
set -eu

# Signed by Debian. The modules' major versions are what the manifest was written for; their fixes are welcome.
packages='
  puppet-agent=8.*
  puppet-module-arioch-redis=11.*
  puppet-module-puppetlabs-postgresql=10.*
'
# No second machine knows it, and no file of the project has it.
password=/etc/guestbook/database_password

if [ "${1-}" = --help ]; then
  echo "usage: bootstrap.sh"
  echo "Installs the Puppet agent and modules, and makes the password of the database in $password."
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo "bootstrap.sh must run as root; run it with sudo." >&2
  exit 1
fi
if ! grep -q '^VERSION_CODENAME=trixie$' /etc/os-release; then
  echo "bootstrap.sh knows the Puppet packages of Debian 13 only; set config.vm.box to a Debian 13." >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
# A pattern is for apt, not for files that happen to be here.
set -f
apt-get -qq update
# shellcheck disable=SC2086  # a list of words
apt-get -qq install --yes --no-install-recommends $packages >/dev/null
# There is no server to ask: Vagrant applies the manifest.
systemctl --quiet disable --now puppet.service

if [ ! -s "$password" ]; then
  install -d -m 700 "$(dirname "$password")"
  umask 077
  # Hexadecimal: it becomes a part of a URL.
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$password.new"
  mv "$password.new" "$password"
fi
