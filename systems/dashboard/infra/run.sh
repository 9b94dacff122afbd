#!/bin/bash
# From nothing to a dashboard: makes Terraform's configuration, bakes the machine image, and applies. Terraform shows what it is
# about to do and asks for "yes". From the bake to that "yes" no machine can be replaced: see scripts/replace-packer-ami.sh.
#
# Usage: run.sh [--environment NAME] [--keep-image] [--keep-password] [ARGUMENT OF packer build]...
#
#   --environment    description under environments/ (default: dev)
#   --keep-image     do not bake: the image that AWS has is good
#   --keep-password  the application's password in Secrets Manager is good, as Terraform generated it; otherwise it becomes
#                    AWS_DB_PASS
#
# Needs AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_DEFAULT_REGION (the stack's) and AWS_DB_PASS, to push the container
# images DOCKERHUB_USER and DOCKERHUB_PASS, with a temporary key AWS_SESSION_TOKEN: . scripts/get-creds.sh
# To bake, packer build must be told who may reach the build machine: -var 'ssh_source_cidrs=["<your address>/32"]'
set -euo pipefail

fail() {
  echo "run.sh: $*" >&2
  exit 1
}

environment=dev
bake=yes
required="AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION AWS_DB_PASS"
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help)
      sed -n '2,14s/^# \{0,1\}//p' "$0"
      exit
      ;;
    --environment)
      environment=${2:-}
      if ! [[ $environment =~ ^[a-z][a-z0-9-]*$ ]]; then fail "--environment wants a name such as dev or production"; fi
      shift 2
      ;;
    --keep-image)
      bake=
      shift
      ;;
    --keep-password)
      required=${required% AWS_DB_PASS}
      unset AWS_DB_PASS
      shift
      ;;
    *) break ;;
  esac
done

missing=
for name in $required; do
  if [ -z "${!name:+given}" ]; then missing="$missing $name"; fi
done
if [ -n "$missing" ]; then fail "not set:$missing; source scripts/get-creds.sh, or export them"; fi

# From here on each program gets what it needs and nothing else.
export -n AWS_DB_PASS DOCKERHUB_PASS AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
with_aws() { (export AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN && exec "$@"); }

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
stack=$root/cdktf.out/stacks/dashboard-$environment

(cd "$root" && npm run --silent synth)
if [ ! -d "$stack" ]; then fail "environments/$environment.yaml describes no dashboard: there is no ${stack#"$root"/}"; fi
# The image would be baked where the stack does not look for it.
region=$(python3 -c '
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    print(json.load(file)["provider"]["aws"][0]["region"])
' "$stack/cdk.tf.json")
if [ "$region" != "$AWS_DEFAULT_REGION" ]; then
  fail "the stack is for $region, but AWS_DEFAULT_REGION is $AWS_DEFAULT_REGION; nothing was baked or applied." \
    "Correct one of them: the region in environments/$environment.yaml, or export AWS_DEFAULT_REGION=$region"
fi

if [ -n "$bake" ]; then
  (
    export AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    if [ -n "${DOCKERHUB_PASS:+given}" ]; then export DOCKERHUB_PASS; fi
    exec "$here/scripts/replace-packer-ami.sh" "$@"
  )
fi

with_aws terraform -chdir="$stack" init -input=false
# No -auto-approve: Terraform asks (S4-08).
with_aws terraform -chdir="$stack" apply

if [ -z "${AWS_DB_PASS:+given}" ]; then exit; fi

# The machines read the application's password from Secrets Manager. On its way there it is in files of this user alone.
arn=$(with_aws terraform -chdir="$stack" output -raw application_secret_arn) || fail "AWS_DB_PASS was stored nowhere"
work=$(umask 077 && mktemp -d)
trap 'rm -rf "$work"' EXIT
with_aws aws secretsmanager get-secret-value --region "$region" --secret-id "$arn" --output json >"$work/now" ||
  fail "cannot read the secret $arn; AWS_DB_PASS was stored nowhere. Run again with --keep-image when that is mended"
python3 -c '
import json, sys
now, request, arn = sys.argv[1:]
wanted = {"username": "dashboard_app", "password": sys.stdin.read().removesuffix("\n")}
with open(now, encoding="utf-8") as file:
    held = json.loads(json.load(file)["SecretString"])
if {key: held.get(key) for key in wanted} != wanted:
    with open(request, "w", encoding="utf-8") as file:
        json.dump({"SecretId": arn, "SecretString": json.dumps({**held, **wanted})}, file)
' "$work/now" "$work/request" "$arn" <<<"$AWS_DB_PASS"
if [ -s "$work/request" ]; then
  with_aws aws secretsmanager put-secret-value --region "$region" --cli-input-json "file://$work/request" >/dev/null
  echo "AWS_DB_PASS is the application's password in Secrets Manager now; database/load-db.sh gives it to the database"
else
  echo "AWS_DB_PASS is the application's password in Secrets Manager already"
fi
