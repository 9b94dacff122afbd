# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.

# The environments in the order in which a version reaches them, with where each of them is.
environments_file=${GUESTBOOK_ENVIRONMENTS:-$(dirname "${BASH_SOURCE[0]}")/environments.json}

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

say() {
  echo "${0##*/}: $*" >&2
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

environments() {
  jq -er 'keys_unsorted[]' "$environments_file" || fail "cannot read $environments_file"
}

# The one that gets its images from the build, not from another environment.
first_environment() {
  jq -er '[to_entries[] | select(.value.from == null)] | if length == 1 then .[0].key else empty end' "$environments_file" ||
    fail "exactly one environment of $environments_file must be without \"from\""
}

check_environment() {
  jq -e --arg name "$1" 'has($name)' "$environments_file" >/dev/null ||
    fail "there is no environment $1; there are: $(environments | paste -sd ' ')"
}

# setting ENVIRONMENT KEY: what the file says; empty where it says nothing.
setting() {
  jq -r --arg name "$1" --arg key "$2" '.[$name][$key] // ""' "$environments_file"
}

check_version() {
  case $1 in
  *-dirty) fail "$1 was built from files that are in no commit; commit them and build again" ;;
  esac
  [[ $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+-[0-9a-f]{12}$ ]] ||
    fail "a version looks like 1.2.3-0123456789ab (the number in package.json, and the commit), got \"$1\""
}

# image ENVIRONMENT: its name without tag.
image() {
  echo "$(setting "$1" registry)/guestbook"
}

# digest_of IMAGE: what the registry has under this tag or digest; empty where it has nothing. Fails where it does not answer.
digest_of() {
  local output
  if output=$(skopeo inspect --no-tags --format '{{.Digest}}' "docker://$1" 2>&1); then
    echo "$output"
  elif ! grep -qE 'manifest unknown|name unknown|repository name not known' <<<"$output"; then
    fail "cannot ask the registry for $1: $output"
  fi
}

# The one place per environment that says which version runs there.
parameter() {
  echo "/guestbook/$1/version"
}

ssm() {
  local environment=$1
  shift
  aws ssm "$@" --region "$(setting "$environment" region)" --name "$(parameter "$environment")" --output text
}

# version_of ENVIRONMENT
version_of() {
  ssm "$1" get-parameter --query Parameter.Value
}

# version_told_by ENVIRONMENT: what its site says about itself; empty where it does not answer.
version_told_by() {
  curl --silent --fail --max-time 5 "$(setting "$1" site)/healthz" | jq -r '.version // ""' 2>/dev/null || true
}
