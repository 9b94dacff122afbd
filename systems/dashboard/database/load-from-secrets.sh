#!/bin/sh
# On the bastion: fetches both passwords from Secrets Manager and hands them to load-db.sh as files in memory.
set -eu

settings=${SLIPWAY_SETTINGS:-/etc/slipway/dashboard-database.json}

case ${1:-} in
  '') ;;
  --help | -h)
    cat <<TEXT
Usage: load-from-secrets.sh

Loads the dashboard's database, from the machine that stands beside it. What is loaded where, and with which secrets, is in
$settings, written when the machine was made. May run again: data stays.
TEXT
    exit 0
    ;;
  *)
    echo "load-from-secrets.sh: there is no option $1 (--help shows how to call it)" >&2
    exit 2
    ;;
esac

fail() {
  echo "load-from-secrets.sh: $*" >&2
  exit 1
}

[ -r "$settings" ] || fail "$settings cannot be read; the machine's user data writes it, and root may read it"
for program in aws python3; do
  command -v "$program" >/dev/null || fail "$program is missing; install it (Amazon Linux: awscli-2, python3)"
done

here=$(cd "$(dirname "$0")" && pwd)
umask 077
# In memory: a password on a disk outlives the machine in its snapshots.
work=$(mktemp -d "${SLIPWAY_MEMORY:-/dev/shm}/load.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

setting() {
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$settings" "$1" 2>/dev/null ||
    fail "$settings has no $1; deploy the stack again"
}

# password_of SECRET FILE
password_of() {
  aws secretsmanager get-secret-value --region "$region" --secret-id "$1" --query SecretString --output text \
    >"$work/secret" 2>"$work/why" || fail "the secret $1 cannot be read: $(tail -n 1 "$work/why")"
  python3 -c 'import json, sys; sys.stdout.write(json.load(sys.stdin)["password"])' <"$work/secret" >"$2" 2>/dev/null ||
    fail "the secret $1 is not JSON with the key password"
  rm "$work/secret"
}

region=$(setting region)
host=$(setting host)
port=$(setting port)
administrator=$(setting administratorSecretArn)
application=$(setting applicationSecretArn)
password_of "$administrator" "$work/administrator"
password_of "$application" "$work/application"
# What it writes down for psql is as secret as its input.
TMPDIR="$work" sh "$here/load-db.sh" --host "$host" --port "$port" \
  --password-file "$work/administrator" --app-password-file "$work/application"
