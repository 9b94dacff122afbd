# Shared by the scripts that create and delete a stack; sourced, never run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
environment=dev

fail() {
  echo "${0##*/}: $*" >&2
  exit 2
}

# Reads -a, -s, -t, -p, -e and -h into the environment of the programs that are started later. Keys are exported, never put
# on another command line: arguments of a running program can be read by everybody on the machine.
read_arguments() {
  if [ $# -eq 0 ]; then
    usage
    exit 0
  fi
  local option
  while getopts ":a:s:t:p:e:h" option; do
    case $option in
      a) export AWS_ACCESS_KEY_ID=$OPTARG ;;
      s) export AWS_SECRET_ACCESS_KEY=$OPTARG ;;
      t) export AWS_SESSION_TOKEN=$OPTARG ;;
      p) export AWS_PROFILE=$OPTARG ;;
      e) environment=$OPTARG ;;
      h)
        usage
        exit 0
        ;;
      :) fail "-$OPTARG needs a value (-h shows how to call it)" ;;
      *) fail "there is no option -$OPTARG (-h shows how to call it)" ;;
    esac
  done
  shift $((OPTIND - 1))
  [ $# -eq 0 ] || fail "unexpected argument '$1' (-h shows how to call it)"
  [ -f "$root/environments/$environment.yaml" ] || fail "there is no environments/$environment.yaml"
  if [ -z "${AWS_PROFILE:-}" ]; then
    [ -n "${AWS_ACCESS_KEY_ID:-}" ] || fail "no credentials: give -a and -s, or -p with a profile of the AWS CLI"
    [ -n "${AWS_SECRET_ACCESS_KEY:-}" ] || fail "an access key without its secret key: give -s too"
  fi
}

# Names every missing program at once.
require_programs() {
  local program missing=()
  for program in "$@"; do
    command -v "$program" >/dev/null || missing+=("$program")
  done
  [ ${#missing[@]} -eq 0 ] || fail "not installed: ${missing[*]} (scripts/install has a script for each)"
}

stack() { echo "$root/cdktf.out/stacks/$1-$environment"; }

output() { terraform -chdir="$(stack "$1")" output -raw "$2"; }

initialise() { terraform -chdir="$(stack "$1")" init -input=false; }

step() { echo "== $*"; }
