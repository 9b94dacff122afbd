#!/bin/sh
# Reads the credentials of the dashboard's infrastructure from `pass` into the environment of the shell that sources it:
#
#   . systems/dashboard/infra/scripts/get-creds.sh
#
#   AWS_ACCESS_KEY_ID      aws/aws_access_key_id
#   AWS_SECRET_ACCESS_KEY  aws/aws_secret_access_key
#   AWS_DEFAULT_REGION     aws/aws_default_region
#   AWS_DB_PASS            aws/vpc/aws_db_pass
#   DOCKERHUB_USER         dockerhub/dockerhub_user   } only to push images:
#   DOCKERHUB_PASS         dockerhub/dockerhub_pass   } left out where pass has no such entry
#
# Fails, and changes nothing, when one of the first four is missing.

# Of a shell that sources this, zsh alone takes the name of the file for its own.
case ${ZSH_EVAL_CONTEXT:-} in
  *file*) ;;
  *)
    if [ "${0##*/}" = get-creds.sh ]; then
      sed -n '2,13s/^# \{0,1\}//p' "$0"
      [ "${1:-}" != --help ] || exit 0
      echo "get-creds.sh: run like this it would export into a shell that ends at once; source it: . $0" >&2
      exit 2
    fi
    ;;
esac

# Tracing, if it is on, pauses: it would show every value. Nothing is traced from here to the end.
case $- in *x*) { set +x; } 2>/dev/null && slipway_traced=yes ;; *) slipway_traced= ;; esac

# The first line of an entry is the secret; what follows are notes.
slipway_entry() { pass show "$1" 2>/dev/null | head -n 1; }

slipway_get_creds() {
  command -v pass >/dev/null 2>&1 || {
    echo "get-creds.sh: install pass (Debian: apt-get install pass), or export the variables yourself" >&2
    return 1
  }
  slipway_key=$(slipway_entry aws/aws_access_key_id)
  slipway_secret=$(slipway_entry aws/aws_secret_access_key)
  slipway_region=$(slipway_entry aws/aws_default_region)
  slipway_db=$(slipway_entry aws/vpc/aws_db_pass)
  slipway_missing=
  [ -n "$slipway_key" ] || slipway_missing="$slipway_missing aws/aws_access_key_id"
  [ -n "$slipway_secret" ] || slipway_missing="$slipway_missing aws/aws_secret_access_key"
  [ -n "$slipway_region" ] || slipway_missing="$slipway_missing aws/aws_default_region"
  [ -n "$slipway_db" ] || slipway_missing="$slipway_missing aws/vpc/aws_db_pass"
  if [ -n "$slipway_missing" ]; then
    echo "get-creds.sh: pass has nothing under:$slipway_missing; enter it with: pass insert NAME" >&2
    return 1
  fi
  export AWS_ACCESS_KEY_ID="$slipway_key" AWS_SECRET_ACCESS_KEY="$slipway_secret"
  export AWS_DEFAULT_REGION="$slipway_region" AWS_DB_PASS="$slipway_db"
  slipway_key=$(slipway_entry dockerhub/dockerhub_user)
  slipway_secret=$(slipway_entry dockerhub/dockerhub_pass)
  if [ -n "$slipway_key" ] && [ -n "$slipway_secret" ]; then
    export DOCKERHUB_USER="$slipway_key" DOCKERHUB_PASS="$slipway_secret"
  fi
}

slipway_status=0
slipway_get_creds || slipway_status=$?
unset -f slipway_get_creds slipway_entry
unset slipway_key slipway_secret slipway_region slipway_db slipway_missing
# Tracing goes on where it was on; the status of the last command is the status of sourcing.
if [ -n "$slipway_traced" ]; then
  unset slipway_traced
  set -x
else
  unset slipway_traced
fi
[ "$slipway_status" -eq 0 ]
