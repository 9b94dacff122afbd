#!/bin/bash
# Withdraws the dashboard's machine image, if there is one, and bakes it anew: Packer does not overwrite a name.
#
# Usage: replace-packer-ami.sh -var 'ssh_source_cidrs=["<your address>/32"]' [ARGUMENT OF packer build]...
#        replace-packer-ami.sh -var session_manager_profile=<instance profile> [ARGUMENT OF packer build]...
#
# Machines that run go on running. But launch templates name the old image by its id: in every environment that uses the image,
# no machine can be started or replaced until the new one is baked AND the stack is applied again. An instance refresh cannot
# roll back to an image that was withdrawn. Needs aws, packer, node and git, and the variables of scripts/get-creds.sh.
set -euo pipefail

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0"
  exit
fi
fail() {
  echo "replace-packer-ami.sh: $*" >&2
  exit 1
}

# Not for any program that is started here: the image holds no password of the database (S4-D07).
unset AWS_DB_PASS
# From here on each program gets what it needs and nothing else.
export -n DOCKERHUB_PASS AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
with_aws() { (export AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN && exec "$@"); }
# AWS_REGION, if it is set, would go before AWS_DEFAULT_REGION.
aws_ec2() { with_aws aws ec2 "$@" --region "$AWS_DEFAULT_REGION"; }
# Not on the standard output: there stands what the system's document has.
note() { echo "replace-packer-ami.sh: $*" >&2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
for name in AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION; do
  if [ -z "${!name:+given}" ]; then fail "$name is not set; source scripts/get-creds.sh, or export it"; fi
done
for program in aws packer node git; do
  command -v "$program" >/dev/null || fail "$program is not installed"
done

# The one place where the name is written, for Packer, Terraform and this script (S4-35).
name=$(node -p 'require(process.argv[1])["webworker-dashboard"].name' "$root/packer/images.json")

# The value that the arguments give a variable of the template: that of the last -var, else of the last -var-file, else of the
# environment, as Packer has it. Empty: none does.
given() {
  local wanted=$1 kind from found by_argument='' by_file=''
  shift
  while [ $# -gt 0 ]; do
    kind=${1/#--/-}
    from=${2:-}
    case $kind in
      -var | -var-file) shift ;;
      -var=* | -var-file=*) from=${1#*=} kind=${kind%%=*} ;;
    esac
    case $kind:$from in
      -var:"$wanted"=*) by_argument=${from#*=} ;;
      -var-file:*)
        found=$(sed -nE "s/^[[:space:]{]*\"?$wanted\"?[[:space:]]*[=:][[:space:]]*\"?([^\"]*).*/\1/p" "$from") ||
          fail "cannot read $from; a -var-file is looked for in $root"
        by_file=${found:-$by_file}
        ;;
    esac
    if [ $# -gt 0 ]; then shift; fi
  done
  if [ -z "$by_argument$by_file" ]; then by_file=$(printenv "PKR_VAR_$wanted") || true; fi
  printf '%s' "${by_argument:-$by_file}"
}

cd "$root"
access=$(given ssh_source_cidrs "$@")
access=$access$(given session_manager_profile "$@")
arguments=(-var "region=$AWS_DEFAULT_REGION")
url=$(given repository_url "$@")
branch=$(given repository_branch "$@")
region=$(given region "$@")
if [ -z "$access" ]; then
  fail "nobody may reach the build machine, Packer would wait in vain; nothing was withdrawn." \
    "Give -var 'ssh_source_cidrs=[\"<your address>/32\"]', or -var session_manager_profile=<instance profile>"
fi
if [ -n "$region" ] && [ "$region" != "$AWS_DEFAULT_REGION" ]; then
  fail "AWS_DEFAULT_REGION is $AWS_DEFAULT_REGION, but the image would be baked in $region; nothing was withdrawn"
fi
if [ -z "$url" ]; then
  url=$(git -C "$root" remote get-url origin 2>/dev/null) ||
    fail "this checkout has no remote called origin; give -var repository_url=https://…"
  arguments+=(-var "repository_url=$url")
fi
if commit=$(git -C "$root" rev-parse HEAD 2>/dev/null); then arguments+=(-var "commit=$commit"); fi
arguments+=("$@")

# Before anything is withdrawn. Packer before 1.7 has the plugins inside, and knows no init.
if packer init -help >/dev/null 2>&1; then packer init packer/plugins; fi
with_aws packer validate "${arguments[@]}" packer/webworker-dashboard >/dev/null ||
  fail "packer refuses these arguments; nothing was withdrawn"
# What a file:// names is on the build machine.
if [ "${url#file://}" = "$url" ]; then
  GIT_TERMINAL_PROMPT=0 git ls-remote --exit-code "$url" "refs/heads/${branch:-master}" >/dev/null ||
    fail "there is no branch ${branch:-master} in $url, or it cannot be reached from here; nothing was withdrawn"
fi

echo "De-registering AMI with name $name, if one exists"
found=$(aws_ec2 describe-images --owners self --filters "Name=name,Values=$name" --query 'Images[].ImageId' --output text)
if [ -z "$found" ] || [ "$found" = None ]; then echo "No image has that name"; fi
for id in $found; do
  if [ "$id" = None ]; then continue; fi
  echo "$name id is $id"
  # To know what has to be applied again. Whoever may not ask that may bake all the same.
  # shellcheck disable=SC2016  # $Latest and $Default are AWS's words for versions
  templates=$(aws_ec2 describe-launch-template-versions --versions '$Latest' '$Default' \
    --filters "Name=image-id,Values=$id" --query 'LaunchTemplateVersions[].LaunchTemplateName' --output text 2>/dev/null |
    tr '\t' '\n' | sort -u | paste -sd ' ') || templates=
  if [ -n "$templates" ] && [ "$templates" != None ]; then
    note "these launch templates name $id, and start no machine until they are applied again: $templates"
  fi
  # Asked before: afterwards nothing says which snapshots the image was made of.
  snapshots=$(aws_ec2 describe-images --image-ids "$id" \
    --query 'Images[].BlockDeviceMappings[].Ebs.SnapshotId' --output text)
  aws_ec2 deregister-image --image-id "$id"
  echo "Image deregistered"
  for snapshot in $snapshots; do
    if [ "$snapshot" = None ]; then continue; fi
    aws_ec2 delete-snapshot --snapshot-id "$snapshot"
    echo "Snapshot $snapshot deleted"
  done
done

if [ -n "${DOCKERHUB_PASS:+given}" ]; then export DOCKERHUB_PASS; fi
with_aws packer build "${arguments[@]}" packer/webworker-dashboard ||
  fail "no image was baked: no machine of any environment that uses $name can be started or replaced. Mend that, then run this again"
note "now apply, in every environment that uses $name: npx cdktf deploy dashboard-<environment>." \
  "Until then none of its machines can be replaced"
