#!/usr/bin/env bash
# Installs Packer from HashiCorp's repository, at a fixed version, on Debian or Ubuntu.
set -euo pipefail
# shellcheck source=scripts/install/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

detect_distribution
hashicorp_repository
install_packages "packer=${PACKER_VERSION:-1.14.2-1}"
packer version
