#!/usr/bin/env bash
# Deletes what automation-stack.sh created: the service first, then the infrastructure. What is gone already is skipped.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: delete-automation-stack.sh -a ACCESS_KEY -s SECRET_KEY [-t SESSION_TOKEN] [-e ENVIRONMENT]
       delete-automation-stack.sh -p PROFILE [-e ENVIRONMENT]
       delete-automation-stack.sh -h

Deletes the WordPress system of an environment: wordpress-service-ENVIRONMENT, then wordpress-platform-ENVIRONMENT with its
database and images. An environment with `onRemoval: keep` refuses: docs/systems/wordpress.md says how to take it down.

  -a, -s, -t  AWS credentials; they are passed on in the environment of Terraform only
  -p          a profile of the AWS CLI, instead of keys
  -e          a file of environments/, without .yaml; default: dev
TEXT
}

# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
read_arguments "$@"
require_programs npm terraform

# Prints the addresses in the state. Without a state `list` fails, in words that change from version to version; a pull then prints
# nothing, and fails only where the state cannot be read: that must not look as if nothing were there.
addresses() {
  local folder listed pulled
  folder=$(stack "$1")
  if listed=$(terraform -chdir="$folder" state list 2>/dev/null); then
    printf '%s' "$listed"
    return
  fi
  pulled=$(terraform -chdir="$folder" state pull) || return
  [ -z "$pulled" ] || terraform -chdir="$folder" state list
}

# Terraform cannot plan the service without the platform's values, not even its destruction; so an empty state is skipped.
destroy() {
  local there
  initialise "$1"
  there=$(addresses "$1") || fail "the state of $1-$environment cannot be read: nothing of it was destroyed"
  if [ -z "$there" ]; then
    step "$1-$environment is gone"
    return
  fi
  step "terraform destroy $1-$environment"
  terraform -chdir="$(stack "$1")" destroy -auto-approve -input=false
}

step "synthesize"
(cd "$root" && npm run --silent synth)
destroy wordpress-service
destroy wordpress-platform
