#!/usr/bin/env bash
# Creates the WordPress system of an environment: infrastructure, image, service. Running it again changes only what differs.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: automation-stack.sh -a ACCESS_KEY -s SECRET_KEY [-t SESSION_TOKEN] [-e ENVIRONMENT]
       automation-stack.sh -p PROFILE [-e ENVIRONMENT]
       automation-stack.sh -h

Creates the WordPress system of an environment, in this order:
  1. infrastructure    wordpress-platform-ENVIRONMENT
  2. image             built with Packer and pushed to the registry of step 1, unless it is there already
  3. service           wordpress-service-ENVIRONMENT

  -a, -s, -t  AWS credentials; they are passed on in the environment of Terraform, Packer and the AWS CLI only
  -p          a profile of the AWS CLI, instead of keys
  -e          a file of environments/, without .yaml; default: dev
TEXT
}

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
read_arguments "$@"
require_programs npm git terraform packer ansible-playbook docker aws

apply() {
  step "terraform apply $1-$environment"
  initialise "$1"
  terraform -chdir="$(stack "$1")" apply -auto-approve -input=false
}

# The registry refuses a second image under a tag that it has, so an image is built once per version.
push_image() {
  local registry version region
  registry=$(output wordpress-platform registry_url)
  version=$(output wordpress-platform image_version)
  region=$(cut -d. -f4 <<<"$registry")
  if aws ecr describe-images --region "$region" --repository-name "${registry#*/}" \
    --image-ids "imageTag=$version" >/dev/null 2>&1; then
    step "image $version is in the registry"
    return
  fi
  step "packer build image $version"
  (
    cd "$root"
    export ANSIBLE_CONFIG=$root/packer/ansible.cfg
    packer build -only='*.docker.*' -var "commit=$(git rev-parse HEAD)" -var "registry=$registry" packer/wordpress
  )
}

step "synthesize"
(cd "$root" && npm run --silent synth)
apply wordpress-platform
push_image
apply wordpress-service
step "WordPress answers at http://$(output wordpress-platform alb_dns)/"
