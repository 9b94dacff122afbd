# Read by the image of PostgreSQL when its volume is new, before the server can be reached: database.sql, and the password of
# the services' account. The server makes what it keeps of the password itself.
(
  set -eu
  # shellcheck disable=SC2016 # psql's shell expands it
  printf '%s\n' '\set app_verifier `cat /run/secrets/aws_db`' |
    psql -X -q -v ON_ERROR_STOP=1 -U postgres -d postgres -f - -f /usr/local/share/dashboard/database.sql
)
