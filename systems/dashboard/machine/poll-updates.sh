#!/bin/sh
# Continuous deployment by pull: brings the stack of this swarm to what the branch of the repository says.
set -eu

usage() {
  cat <<'TEXT'
Usage: poll-updates.sh [--once] [--force]
       poll-updates.sh --help

Fetches the branch, and deploys the stack when the commit, the settings or the secret of the database are others than at the
last deployment. Only the leader of a swarm does; elsewhere, and while another run is under way, it leaves at once. A
deployment that does not become healthy is taken back; a commit that is new is then not tried again until something changes.

  --once   one run, which is what it does anyway: a timer calls it every ten minutes
  --force  deploy even if nothing changed, or if the same failed before

Exit codes: 0 nothing to do, or deployed; 1 not deployed, and the next run tries it again; 2 a mistake in the call or the
settings; 3 the version is bad, the one before it is kept.

It reads /etc/slipway/dashboard.json; what it did is in the journal: journalctl -u poll-updates
TEXT
}

settings=${SLIPWAY_SETTINGS:-/etc/slipway/dashboard.json}
state=${SLIPWAY_STATE:-/var/lib/slipway/dashboard}
database_secret=${SLIPWAY_DATABASE_SECRET:-/usr/local/lib/slipway/database-secret}
registry_login=${SLIPWAY_REGISTRY_LOGIN:-/usr/local/lib/slipway/registry-login}
memory=${SLIPWAY_MEMORY:-/run}
converge_seconds=${SLIPWAY_CONVERGE_SECONDS:-600}
stack=dashboard

say() { echo "poll-updates: $*"; }
fail() {
  code=$1
  shift
  echo "poll-updates: $*" >&2
  exit "$code"
}

force=''
for argument in "$@"; do
  case $argument in
    --once) ;;
    --force) force=yes ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail 2 "there is no option $argument (--help shows how to call it)" ;;
  esac
done

# A value of the settings; the second argument is its default, without which it must be there.
setting() {
  value=$(jq -er "$1 // empty | tostring" "$settings") || value=${2-}
  [ -n "$value" ] || [ $# -gt 1 ] || fail 2 "$settings lacks $1"
  printf '%s\n' "$value"
}

read_settings() {
  for program in docker git jq flock; do
    command -v "$program" >/dev/null || fail 1 "$program is missing on this machine"
  done
  [ -r "$settings" ] || fail 2 "there is no $settings: the user data of the machine writes it"
  jq -e 'type == "object"' "$settings" >/dev/null 2>&1 || fail 2 "$settings is not a JSON object"
  mode=$(setting .mode cluster)
  url=$(setting .repository.url)
  branch=$(setting .repository.branch master)
  stack_file=$(setting .stackFile systems/dashboard/docker-compose.yml)
  DB_HOST=$(setting .databaseHost)
  DB_PORT=$(setting .databasePort 5432)
  DB_NAME=$(setting .databaseName dashboard)
  DASHBOARD_NAMESPACE=$(setting .namespace localhost)
  export DB_HOST DB_PORT DB_NAME DASHBOARD_NAMESPACE
  case $url in -*) fail 2 ".repository.url must be the address of a repository, got $url" ;; esac
  git check-ref-format --branch "$branch" >/dev/null 2>&1 || fail 2 ".repository.branch must be a branch, got $branch"
  case /$stack_file/ in
    //* | */../*) fail 2 ".stackFile must be a path inside the repository, got $stack_file" ;;
  esac
}

# Whether this machine deploys. In a cluster one does: the leader, of which there is one even while machines come and go.
leads() {
  node=$(docker info --format '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}') ||
    fail 1 "Docker does not answer on this machine"
  case $node in
    "active true") ;;
    "active false")
      say "this machine is a worker of the swarm; the leader deploys"
      return 1
      ;;
    *)
      say "this machine is in no swarm (yet): nothing to deploy to"
      return 1
      ;;
  esac
  leader=$(docker node inspect self --format '{{if .ManagerStatus}}{{.ManagerStatus.Leader}}{{end}}' 2>&1) ||
    fail 1 "the swarm has no leader: most of its managers are away ($leader)"
  if [ "$leader" != true ]; then
    say "this machine does not lead the swarm; the leader deploys"
    return 1
  fi
}

# The branch as it is now, in a folder of our own. Sets commit.
fetch() {
  checkout=$state/checkout
  export GIT_TERMINAL_PROMPT=0
  [ -d "$checkout/.git" ] || git init --quiet "$checkout"
  timeout 120 git -C "$checkout" fetch --quiet --depth 1 --no-tags --force -- "$url" "refs/heads/$branch" ||
    fail 1 "cannot fetch the branch $branch of $url; the stack stays as it is"
  commit=$(git -C "$checkout" rev-parse FETCH_HEAD)
  git -C "$checkout" checkout --quiet --force --detach "$commit"
}

# The name of the Docker secret that holds the current password. Sets DASHBOARD_SECRET.
secret() {
  if [ -x "$database_secret" ]; then
    DASHBOARD_SECRET=$("$database_secret") || fail 1 "the secret of the database cannot be made; the stack stays as it is"
    if [ -z "$DASHBOARD_SECRET" ]; then
      say "this machine no longer leads the swarm; the leader deploys"
      exit 0
    fi
  else
    DASHBOARD_SECRET=$(docker secret ls --format '{{.Name}}' | grep '^aws_db_' | while read -r name; do
      docker secret inspect --format '{{.CreatedAt.UnixNano}} {{.Spec.Name}}' "$name"
    done | sort -n | tail -n 1 | cut -d ' ' -f 2)
  fi
  [ -n "$DASHBOARD_SECRET" ] || fail 1 "the swarm has no secret aws_db_…: create it from the password of the database"
  export DASHBOARD_SECRET
}

# Lets this run, and the services that it deploys, pull from a registry that wants an account. Sets registry, empty where it wants
# none. What Docker's client writes down for that is in memory, and goes with the run.
log_in() {
  registry=''
  [ -x "$registry_login" ] || return 0
  # A run that was killed left its own, and there is only one run at a time.
  rm -rf "$memory"/slipway-registry.*
  credentials=$memory/slipway-registry.$$
  mkdir -m 0700 "$credentials"
  registry=$("$registry_login" "$credentials" "$settings") || fail 1 "cannot log in to the registry; the stack stays as it is"
  [ -z "$registry" ] || export DOCKER_CONFIG="$credentials"
}

# A machine that comes later pulls with what the services were given last, and ECR's passwords end after twelve hours. Tasks that
# have their image stay as they are.
renew() {
  [ -z "$(find "$state/registry" -mmin -180 2>/dev/null)" ] || return 0
  log_in
  [ -n "$registry" ] || return 0
  for service in $(docker stack services --format '{{.Name}}' "$stack"); do
    docker service update --detach --quiet --with-registry-auth "$service" >/dev/null ||
      fail 1 "$service cannot be given the new password of $registry; the next run tries it again"
  done
  : >"$state/registry"
  say "the services have a new password of $registry"
}

# Without IPVS in the kernel a service's one address and the ports of the routing mesh are dead, and nothing says so.
ports() {
  if [ -e "${SLIPWAY_IPVS:-/proc/sys/net/ipv4/vs}" ] || modprobe --quiet ip_vs 2>/dev/null; then
    DASHBOARD_ENDPOINT_MODE=vip DASHBOARD_PORT_MODE=ingress DASHBOARD_FRONT_ORDER=start-first
  else
    DASHBOARD_ENDPOINT_MODE=dnsrr DASHBOARD_PORT_MODE=host DASHBOARD_FRONT_ORDER=stop-first
  fi
  export DASHBOARD_ENDPOINT_MODE DASHBOARD_PORT_MODE DASHBOARD_FRONT_ORDER
}

# What was deployed and what failed is known to the whole swarm, in configs: the next leader must not try a bad version again.
record() { # kind, file
  name=${stack}_$1_$fingerprint
  docker config inspect "$name" >/dev/null 2>&1 ||
    docker config create --label "slipway.poll-updates=$1" --label "slipway.commit=$commit" "$name" "$2" >/dev/null
}
recorded() { docker config ls --quiet --filter "label=slipway.poll-updates=$1"; }
deployed_commit() {
  recorded deployed | head -n 1 | xargs -r docker config inspect --format '{{index .Spec.Labels "slipway.commit"}}'
}
forget_others() { # kind
  recorded "$1" | while read -r id; do
    [ "$(docker config inspect --format '{{.Spec.Name}}' "$id")" = "${stack}_$1_$fingerprint" ] ||
      docker config rm "$id" >/dev/null
  done
}

# Why a stack file must not be deployed; nothing when it may.
objection() {
  if ! docker stack config --compose-file "$checkout/$stack_file" >"$work/resolved" 2>"$work/why"; then
    echo "it is not valid: $(tr '\n' ' ' <"$work/why")"
    return
  fi
  # A tag that moves would be another version on every machine, and one that a rollback does not bring back.
  loose=$(sed -n 's/^ *image: *//p' "$work/resolved" | tr -d '"' |
    grep -vE ':[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(@sha256:[0-9a-f]{64})?$' | tr '\n' ' ' || true)
  [ -z "$loose" ] || echo "its images must have tags like 1.2.3, not ${loose% }"
}

machines() { docker node ls --format '{{.ID}} {{.Status}}' 2>/dev/null | sort; }

# A new leader knows within half a minute which machines are there. An update of one that is gone would never end.
steady() {
  for _ in $(seq 30); do
    machines | grep -q ' Unknown$' || return 0
    sleep 2
  done
}

# Where a deployment stands: "done", or why not yet, or "failed: …".
standing() { # fingerprint
  services=$(docker stack services --format '{{.Name}} {{.Replicas}}' "$stack") || { echo "the swarm does not answer" && return; }
  [ -n "$services" ] || { echo "no services yet" && return; }
  echo "$services" | while read -r service replicas _; do
    # The label goes back with the rest when Swarm rolls a service back.
    format='{{index .Spec.Labels "slipway.deployment"}} {{if .UpdateStatus}}{{.UpdateStatus.State}}{{end}}'
    docker service inspect --format "$format" "$service" >"$work/service" || { echo "unknown" && continue; }
    read -r label update <"$work/service" || true
    case $update in
      rollback_*) [ "$label" = "$1" ] || { echo "failed: Swarm took $service back to the version before" && continue; } ;;
      paused) echo "failed: the update of $service stopped" && continue ;;
      updating) echo "$service is being updated" && continue ;;
    esac
    [ "$label" = "$1" ] || { echo "failed: $service is not at this version" && continue; }
    # More than wanted: a machine that died took tasks along which Swarm still counts.
    [ "${replicas#*/}" -gt 0 ] && [ "${replicas%/*}" -ge "${replicas#*/}" ] || echo "$service runs $replicas tasks"
  done
}

# Deploys a resolved stack file, and waits until it is served.
deploy() { # file, fingerprint
  # It is read as a stack file again, in which a dollar sign is written twice.
  sed 's/\$/$$/g' "$1" >"$work/deploy.yml"
  if ! timeout 300 docker stack deploy --with-registry-auth --prune --compose-file "$work/deploy.yml" "$stack" \
    >"$work/why" 2>&1; then
    why="docker stack deploy refused it: $(tr '\n' ' ' <"$work/why")"
    return 1
  fi
  calm=0 end=$(($(date +%s) + converge_seconds))
  while :; do
    sleep 2
    now=$(standing "$2")
    case $now in
      '')
        # Swarm begins an update a moment after it was told.
        calm=$((calm + 1))
        [ "$calm" -lt 3 ] || return 0
        ;;
      *failed:*)
        why=$(printf '%s\n' "$now" | sed -n 's/^failed: //p' | head -n 1)
        return 1
        ;;
      *)
        calm=0
        why="not healthy after $converge_seconds s: $(printf '%s\n' "$now" | tr '\n' ';')"
        [ "$(date +%s)" -lt "$end" ] || return 1
        ;;
    esac
  done
}

# Waits until Swarm is through with its own rollback: a deployment in the middle of it would be an update of an update.
settled() {
  for _ in $(seq 60); do
    docker stack services --quiet "$stack" | xargs -r docker service inspect \
      --format '{{if .UpdateStatus}}{{.UpdateStatus.State}}{{end}}' | grep -qE '^(updating|rollback_started)$' || return 0
    sleep 2
  done
}

# Brings back the whole stack, also the services that became healthy: versions were only tested together.
restore() {
  last=$(recorded deployed | head -n 1)
  if [ -z "$last" ]; then
    say "nothing was deployed before, so there is nothing to go back to"
    return
  fi
  settled
  docker config inspect --format '{{printf "%s" .Spec.Data}}' "$last" >"$work/last"
  name=$(docker config inspect --format '{{.Spec.Name}}' "$last")
  if deploy "$work/last" "${name##*_}"; then
    say "the version before it is served ($(deployed_commit))"
  else
    say "the version before it does not become healthy either: $why"
  fi
}

read_settings
mkdir -p "$state"
exec 9>"$state/lock"
flock -n 9 || {
  say "another run is under way"
  exit 0
}
leads || exit 0
work=$(mktemp -d)
credentials=''
trap 'rm -rf "$work" ${credentials:+"$credentials"}' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
fetch
secret
ports
fingerprint=$({
  echo "$commit $DASHBOARD_SECRET $DASHBOARD_ENDPOINT_MODE"
  jq -S . "$settings"
} | sha256sum | cut -c 1-24)
export DASHBOARD_DEPLOYMENT="$fingerprint"
is_recorded() { docker config inspect "${stack}_$1_$fingerprint" >/dev/null 2>&1; }

if [ -z "$force" ]; then
  if is_recorded failed; then
    renew
    fail 3 "commit $commit failed before, the version before it is kept; push a better one (or --force to try this again)"
  fi
  if is_recorded deployed && [ -n "$(docker stack services --quiet "$stack" 2>/dev/null)" ]; then
    say "nothing changed since commit $commit was deployed"
    renew
    exit 0
  fi
fi

log_in
steady
there=$(machines)
why=$(objection)
say "deploying commit $commit of $branch with the secret $DASHBOARD_SECRET (mode $mode)"
if [ -z "$why" ] && deploy "$work/resolved" "$fingerprint"; then
  [ -z "$registry" ] || : >"$state/registry"
  record deployed "$work/resolved"
  forget_others deployed
  recorded failed | xargs -r docker config rm >/dev/null
  say "commit $commit is served"
  exit 0
fi
if [ -z "$(recorded deployed)" ]; then
  # A first deployment may wait for a database that somebody still has to load: Swarm goes on trying, and so does the timer.
  fail 3 "commit $commit cannot be deployed: $why"
fi
say "commit $commit cannot be deployed: $why"
[ ! -s "$work/deploy.yml" ] || restore
[ "$(machines)" = "$there" ] ||
  fail 1 "machines of the swarm came or went meanwhile, so this proves nothing of commit $commit: the next run tries it again"
# A commit that is served already is not bad: the database may not know the new password yet, or a setting is wrong.
[ "$commit" != "$(deployed_commit)" ] ||
  fail 1 "commit $commit was good with the secret or the settings before: load the database, or mend the settings; the next run tries it again"
echo "$why" >"$work/reason"
record failed "$work/reason"
fail 3 "commit $commit is bad and is not tried again; push a better one (or --force to try this again)"
