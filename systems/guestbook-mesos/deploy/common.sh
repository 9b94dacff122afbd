# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.

environments_file=${GUESTBOOK_ENVIRONMENTS:-$(dirname "${BASH_SOURCE[0]}")/environments.json}

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# usage_if_asked "$@": prints the comment at the head of the script, where --help is asked for.
usage_if_asked() {
  local argument
  for argument in "$@"; do
    [ "$argument" = --help ] || continue
    awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$0"
    exit 0
  done
}

need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || fail "needs $program, which is not installed here"
  done
}

check_version() {
  case $1 in
  *-dirty) fail "$1 was built from files that are in no commit; commit them and build again" ;;
  esac
  [[ $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+-[0-9a-f]{12}$ ]] ||
    fail "a version looks like 1.2.3-0123456789ab (the number in app/version, and the commit), got \"$1\""
}

# The image without its tag, in the registry that Mesos pulls from.
image() {
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["image"])' "$environments_file" 2>/dev/null ||
    fail "$environments_file names no image"
}
