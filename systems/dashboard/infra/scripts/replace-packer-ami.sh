#!/bin/bash
# Withdraws the dashboard's machine image, if there is one, and bakes it anew: Packer does not overwrite a name.
#
# Usage: replace-packer-ami.sh [ARGUMENT OF packer build]...   such as -var repository_branch=main
#
# Machines that run go on running; new ones cannot start until the new image is there. Needs aws, packer, node and git, and
# the variables of scripts/get-creds.sh.
set -euo pipefail

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0"
  exit
fi
fail() {
  echo "replace-packer-ami.sh: $*" >&2
  exit 1
}

# Not for any program that is started here: the image holds no password of the database (S4-D07).
unset AWS_DB_PASS
# Packer alone may need it.
export -n DOCKERHUB_PASS
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
for name in AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION; do
  if [ -z "${!name:+given}" ]; then fail "$name is not set; source scripts/get-creds.sh, or export it"; fi
done
for program in aws packer node git; do
  command -v "$program" >/dev/null || fail "$program is not installed"
done

# The one place where the name is written, for Packer, Terraform and this script (S4-35).
name=$(node -p 'require(process.argv[1])["webworker-dashboard"].name' "$root/packer/images.json")

arguments=(-var "region=$AWS_DEFAULT_REGION")
if ! grep -q 'repository_url=' <<<"$*"; then
  url=$(git -C "$root" remote get-url origin 2>/dev/null) ||
    fail "this checkout has no remote called origin; give -var repository_url=https://…"
  arguments+=(-var "repository_url=$url")
fi
if commit=$(git -C "$root" rev-parse HEAD 2>/dev/null); then arguments+=(-var "commit=$commit"); fi
arguments+=("$@")
# Before anything is withdrawn.
(cd "$root" && packer validate "${arguments[@]}" packer/webworker-dashboard >/dev/null) ||
  fail "packer refuses these arguments; nothing was withdrawn"

echo "De-registering AMI with name $name, if one exists"
found=$(aws ec2 describe-images --owners self --filters "Name=name,Values=$name" --query 'Images[].ImageId' --output text)
if [ -z "$found" ] || [ "$found" = None ]; then echo "No image has that name"; fi
for id in $found; do
  if [ "$id" = None ]; then continue; fi
  echo "$name id is $id"
  # Asked before: afterwards nothing says which snapshots the image was made of.
  snapshots=$(aws ec2 describe-images --image-ids "$id" \
    --query 'Images[].BlockDeviceMappings[].Ebs.SnapshotId' --output text)
  aws ec2 deregister-image --image-id "$id"
  echo "Image deregistered"
  for snapshot in $snapshots; do
    if [ "$snapshot" = None ]; then continue; fi
    aws ec2 delete-snapshot --snapshot-id "$snapshot"
    echo "Snapshot $snapshot deleted"
  done
done

cd "$root"
if [ -n "${DOCKERHUB_PASS:+given}" ]; then export DOCKERHUB_PASS; fi
exec packer build "${arguments[@]}" packer/webworker-dashboard
