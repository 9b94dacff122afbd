#!/usr/bin/env bash
# Installs version 2 of the AWS CLI from AWS: Ubuntu 24.04 has no package of it.
set -euo pipefail
# shellcheck source=scripts/install/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

detect_distribution
apt-get update
install_packages ca-certificates curl unzip
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
curl -fsSL "https://awscli.amazonaws.com/awscli-exe-linux-$(uname -m).zip" -o "$folder/awscli.zip"
unzip -q "$folder/awscli.zip" -d "$folder"
"$folder/aws/install" --update
aws --version
