#!/bin/sh
# Before the first step: Docker, from Debian, for the step that builds the image.
set -eu

if [ "${1-}" = --help ]; then
  echo "usage: engine.sh"
  echo "Installs Docker from Debian's packages, unless there is one."
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo "engine.sh must run as root; run it with sudo." >&2
  exit 1
fi
if command -v docker >/dev/null; then
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
# The client is a package of its own, which the daemon does not ask for.
apt-get -qq install --yes --no-install-recommends docker.io docker-cli >/dev/null
