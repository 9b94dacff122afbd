#!/usr/bin/env bash
# Installs Ansible from the distribution (Ubuntu: universe) on Debian or Ubuntu.
set -euo pipefail
# shellcheck source=scripts/install/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

detect_distribution
apt-get update
install_packages ansible
ansible --version
