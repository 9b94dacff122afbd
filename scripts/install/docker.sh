#!/usr/bin/env bash
# Installs Docker Engine from Docker's repository on Debian or Ubuntu.
set -euo pipefail
# shellcheck source=scripts/install/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

detect_distribution
add_repository docker "https://download.docker.com/linux/$distribution/gpg" 9DC858229FC7DD38854AE2D88D81803C0EBFCD88 \
  "https://download.docker.com/linux/$distribution" stable
install_packages docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin
docker --version
