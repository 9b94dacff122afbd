#!/bin/sh
# Loads database.sql into a PostgreSQL server, and looks whether what it promises is there.
set -eu

usage() {
  cat <<'TEXT'
Usage: load-db.sh --host HOST --app-password-file FILE [--password-file FILE] [--port PORT] [--user USER] [--sslmode MODE]
       load-db.sh --help

Makes the database "dashboard" with its table and rows, and the application's account "dashboard_app", which may only read
that table. May run again: data stays, the account gets the password of the file.

  --host               the server, such as the endpoint of RDS
  --app-password-file  file with the password to give to dashboard_app: what the secret of the stack holds. It must have 20
                       characters or more, as a server that logs statements shows what a shorter one can be guessed from
  --password-file      file with the password of USER; default: what PGPASSFILE or ~/.pgpass says
  --port               default: 5432
  --user               default: postgres
  --sslmode            as libpq knows it; default: require. verify-full with PGSSLROOTCERT compares the server's certificate
TEXT
}

fail() {
  echo "load-db.sh: $*" >&2
  exit 1
}

mistake() {
  echo "load-db.sh: $* (--help shows how to call it)" >&2
  exit 2
}

host='' port=5432 user=postgres sslmode=require password_file='' app_password_file=''
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h)
      usage
      exit 0
      ;;
    --host | --port | --user | --sslmode | --password-file | --app-password-file)
      [ $# -ge 2 ] || mistake "$1 needs a value"
      case $1 in
        --host) host=$2 ;;
        --port) port=$2 ;;
        --user) user=$2 ;;
        --sslmode) sslmode=$2 ;;
        --password-file) password_file=$2 ;;
        --app-password-file) app_password_file=$2 ;;
      esac
      shift 2
      ;;
    *) mistake "there is no option $1" ;;
  esac
done
[ -n "$host" ] || mistake "--host is missing"
[ -n "$app_password_file" ] || mistake "--app-password-file is missing"
for file in "$app_password_file" "$password_file"; do
  [ -z "$file" ] || [ -s "$file" ] || fail "the file $file cannot be read, or is empty"
done
for program in psql python3; do
  command -v "$program" >/dev/null || fail "$program is missing; install it (Debian: postgresql-client, python3; Amazon Linux: postgresql17, python3)"
done

here=$(cd "$(dirname "$0")" && pwd)
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# A line of a password file: * stands for every server, database and user; the two characters that end a field are escaped.
passfile() { printf '*:*:*:*:%s\n' "$(sed 's/[\\:]/\\&/g' "$1")"; }

# The verifier of RFC 5803, as the server keeps it. Only ASCII: other letters would have to be normalized first.
verifier() {
  python3 - "$1" <<'PYTHON'
import base64, hashlib, hmac, os, sys

with open(sys.argv[1], encoding="utf-8") as file:
    password = file.read().removesuffix("\n")
if not password or not password.isascii() or not password.isprintable():
    sys.exit("it must be one line of printable ASCII characters")
if len(password) < 20:
    sys.exit(f"it must have 20 characters or more, not {len(password)}; the server's log may show what a shorter one can be guessed from")
salt, rounds = os.urandom(16), 4096
salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
sign = lambda text: hmac.new(salted, text, hashlib.sha256).digest()
b64 = lambda data: base64.b64encode(data).decode()
print(f"SCRAM-SHA-256${rounds}:{b64(salt)}${b64(hashlib.sha256(sign(b'Client Key')).digest())}:{b64(sign(b'Server Key'))}")
PYTHON
}

verifier "$app_password_file" >"$work/verifier" 2>"$work/why" ||
  fail "the password in $app_password_file cannot be used: $(tail -n 1 "$work/why")"
passfile "$app_password_file" >"$work/app.pgpass"
if [ -n "$password_file" ]; then
  passfile "$password_file" >"$work/pgpass"
  export PGPASSFILE="$work/pgpass"
fi
export PGSSLMODE="$sslmode" PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}" PGAPPNAME=load-db
export APP_VERIFIER_FILE="$work/verifier"

# -w: a password that is missing is a mistake, not a question.
as() {
  role=$1 database=$2
  shift 2
  psql -X -w -q -A -t -v ON_ERROR_STOP=1 -h "$host" -p "$port" -U "$role" -d "$database" "$@"
}

echo "loading database.sql into $host as $user"
code=0
# psql reads the file itself: on its command line everybody on this machine could read it.
# shellcheck disable=SC2016 # psql's shell expands it
printf '%s\n' '\set app_verifier `cat "$APP_VERIFIER_FILE"`' >"$work/variables.sql"
as "$user" postgres -f "$work/variables.sql" -f "$here/database.sql" 2>"$work/why" || code=$?
case $code in
  0) ;;
  2) fail "cannot connect to $host:$port as $user: $(cat "$work/why")" ;;
  *) fail "database.sql failed; nothing of its transaction is left: $(cat "$work/why")" ;;
esac

# What must be there now, as the document of the system shows it.
wanted='1|Amazon|c5
2|Azure|H16mr'
rows=$(as "$user" dashboard -c 'SELECT id, provider, name FROM hardware WHERE id <= 2 ORDER BY id')
[ "$rows" = "$wanted" ] || fail "the table hardware does not begin with the two rows of database.sql, but with: $rows"
owner=$(as "$user" dashboard -c "SELECT schemaname, tableowner FROM pg_tables WHERE tablename = 'hardware'")
[ "$owner" = 'public|postgres' ] || fail "the table hardware must belong to postgres in the schema public, not to $owner"

# And as the application sees it.
export PGPASSFILE="$work/app.pgpass"
rows=$(as dashboard_app dashboard -c 'SELECT id, provider, name FROM hardware WHERE id <= 2 ORDER BY id' 2>"$work/why") ||
  fail "dashboard_app cannot read the table: $(cat "$work/why")"
[ "$rows" = "$wanted" ] || fail "dashboard_app sees other rows: $rows"
may=$(as dashboard_app dashboard -c "SELECT string_agg(privilege, ',') FROM
  unnest('{INSERT,UPDATE,DELETE,TRUNCATE}'::text[]) AS privilege WHERE has_table_privilege('hardware', privilege)")
[ -z "$may" ] || fail "dashboard_app may do more than read the table: $may"
echo "loaded: two rows, which dashboard_app can read and cannot change"
