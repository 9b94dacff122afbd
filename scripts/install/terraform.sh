#!/usr/bin/env bash
# Installs Terraform from HashiCorp's repository, at a fixed version, on Debian or Ubuntu.
set -euo pipefail
# shellcheck source=scripts/install/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

detect_distribution
hashicorp_repository
install_packages "terraform=${TERRAFORM_VERSION:-1.14.8-1}"
terraform version
