#!/bin/bash
# Makes a machine of the system `dashboard` out of a plain Debian: Docker, the code, the two images (S4-10 to S4-13).
#
# Reads from its environment:
#   REPOSITORY_URL     Git repository of the code
#   REPOSITORY_BRANCH  branch that the machines follow, by default master
#   DOCKERHUB_USER, DOCKERHUB_PASS   account of the registry; without both of them nothing is pushed
#   NAMESPACE          where to push to, by default DOCKERHUB_USER
#   DOCKER_REGISTRY    host of the registry, by default Docker Hub
#   AWS_REGION         region whose bucket has the Session Manager agent, which Debian's image lacks
#   SESSION_MANAGER_AGENT       "required", the default; or "skip": then nobody gets into a machine
#   SESSION_MANAGER_AGENT_URL   the agent's package, by default AWS's own
#
# There is no AWS_DB_PASS here: the database's password comes to a machine when it boots, never into an image (S4-D07).
set -euo pipefail

say() { printf 'app-server-config: %s\n' "$*"; }
fail() {
  printf 'app-server-config: %s\n' "$*" >&2
  exit 1
}

if [ "${1:-}" = --help ]; then
  sed -n '2,14s/^# \{0,1\}//p' "$0"
  exit
fi
if [ "$(id -u)" -ne 0 ]; then
  exec sudo --preserve-env=REPOSITORY_URL,REPOSITORY_BRANCH,DOCKERHUB_USER,DOCKERHUB_PASS,NAMESPACE,DOCKER_REGISTRY,AWS_REGION,SESSION_MANAGER_AGENT,SESSION_MANAGER_AGENT_URL bash "$0" "$@"
fi

# From here on a variable of this shell alone: no program that is started below inherits it. Never expanded in a command, so
# that even `bash -x` does not show it (S4-27).
export -n DOCKERHUB_PASS
code=/srv/dashboard
stack=$code/systems/dashboard/docker-compose.yml
url=${REPOSITORY_URL:-}
branch=${REPOSITORY_BRANCH:-master}
if [ -z "$url" ]; then fail "REPOSITORY_URL is empty; give Packer -var repository_url=https://…"; fi
case ${url%%/*} in https: | ssh: | git: | file:) ;; *) fail "REPOSITORY_URL must start with https://, ssh://, git:// or file://" ;; esac
agent=${SESSION_MANAGER_AGENT:-required}
case $agent in required | skip) ;; *) fail "SESSION_MANAGER_AGENT must be required or skip" ;; esac
if [ "$agent" = required ] && [ -z "${SESSION_MANAGER_AGENT_URL:-}${AWS_REGION:-}" ]; then
  fail "AWS_REGION is empty: which region's bucket has the Session Manager agent?"
fi

apt() { apt-get -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 "$@"; }

# cloud-init uses apt as well, and writes apt's sources. What it ends with does not matter here.
wait_for_first_boot() {
  if command -v cloud-init >/dev/null; then cloud-init status --wait >/dev/null || true; fi
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  # Before the package, so that the engine starts with it. Swarm and live-restore exclude each other; a log without a
  # limit fills the disk.
  install -d /etc/docker
  printf '%s\n' '{' \
    '  "live-restore": false,' \
    '  "log-driver": "json-file",' \
    '  "log-opts": { "max-size": "10m", "max-file": "3" }' \
    '}' >/etc/docker/daemon.json
  apt update
  apt install -y --no-install-recommends docker.io docker-cli awscli git jq python3 ca-certificates iptables openssh-client
  systemctl enable --now docker.service
}

# The only way into a machine. AWS has it in a bucket of each region, and Debian not at all.
install_session_manager_agent() {
  local domain kind url folder
  if [ "$agent" = skip ]; then
    say "no Session Manager agent, as you said: nobody gets into a machine of this image"
    return
  fi
  if ! dpkg --status amazon-ssm-agent >/dev/null 2>&1; then
    case ${AWS_REGION:-} in cn-*) domain=amazonaws.com.cn ;; *) domain=amazonaws.com ;; esac
    kind=$(dpkg --print-architecture)
    url=${SESSION_MANAGER_AGENT_URL:-https://s3.$AWS_REGION.$domain/amazon-ssm-$AWS_REGION/latest/debian_$kind/amazon-ssm-agent.deb}
    folder=$(mktemp -d)
    if ! python3 - "$url" "$folder/amazon-ssm-agent.deb" <<'PYTHON'; then
import shutil, sys, urllib.request
url, path = sys.argv[1:]
try:
    with urllib.request.urlopen(url, timeout=60) as answer, open(path, "wb") as file:
        shutil.copyfileobj(answer, file)
except OSError as error:
    sys.exit(f"app-server-config: {error}")
PYTHON
      fail "cannot get the Session Manager agent from $url; without it nobody gets into a machine." \
        "If that is what you want, give Packer -var session_manager_agent=skip"
    fi
    apt install -y "$folder/amazon-ssm-agent.deb"
    rm -rf "$folder"
    # It has run, on this machine: each machine makes its own identity.
    systemctl stop amazon-ssm-agent.service
    if [ -d /var/lib/amazon/ssm ]; then find /var/lib/amazon/ssm -mindepth 1 -delete; fi
  fi
  systemctl enable amazon-ssm-agent.service
}

clone() {
  if [ ! -d "$code/.git" ]; then
    git clone -q --branch "$branch" --single-branch -- "$url" "$code" || fail "cannot clone branch $branch of $url"
  fi
  if [ ! -f "$stack" ]; then fail "branch $branch of $url has no ${stack#"$code"/}"; fi
}

# Tag of a service's image, as the stack file says it.
tag_of() {
  python3 - "$stack" "$1" <<'PYTHON'
import re, sys
path, service = sys.argv[1:]
block = re.search(rf"^  {service}:\n((?:(?:    .*|\s*(?:#.*)?)\n)*)", open(path, encoding="utf-8").read(), re.M)
tag = block and re.search(r"^    image:.*:([0-9]+\.[0-9]+(?:\.[0-9]+)?)[\"']?\s*$", block.group(1), re.M)
if not tag:
    sys.exit(f"app-server-config: {path} gives the image of {service} no version such as 1.0 or 1.1.2")
print(tag.group(1))
PYTHON
}

# As the machines deploy it. Under localhost, no registry is asked for an image that is here.
build() {
  local tag
  tag=$(tag_of "dash-$1")
  # --network host: a step of a build resolves names as this machine does.
  docker build -q --network host --build-arg "VERSION=$tag" --tag "localhost/dash-$1:$tag" "$code/systems/dashboard/$1" >/dev/null
  say "built dash-$1:$tag"
}

# Logged in as long as it takes, in a folder that goes away with it.
push() {
  local config tag image status=0
  config=$(mktemp -d)
  docker --config "$config" login --username "$DOCKERHUB_USER" --password-stdin ${DOCKER_REGISTRY:+"$DOCKER_REGISTRY"} \
    <<<"$DOCKERHUB_PASS" >/dev/null || status=1
  for image in dash-front dash-back; do
    if [ "$status" -ne 0 ]; then break; fi
    tag=$(tag_of "$image")
    docker tag "localhost/$image:$tag" "$namespace/$image:$tag"
    docker --config "$config" push -q "$namespace/$image:$tag" || status=1
  done
  docker --config "$config" logout ${DOCKER_REGISTRY:+"$DOCKER_REGISTRY"} >/dev/null || true
  rm -rf "$config"
  if [ "$status" -ne 0 ]; then fail "could not push to $namespace"; fi
}

wait_for_first_boot
install_packages
install_session_manager_agent
clone
build front
build back
if [ -n "${DOCKERHUB_USER:+given}" ] && [ -n "${DOCKERHUB_PASS:+given}" ]; then
  namespace=${DOCKER_REGISTRY:+$DOCKER_REGISTRY/}${NAMESPACE:-$DOCKERHUB_USER}
  push
else
  say "no registry account given: the images stay on this machine"
fi
unset DOCKERHUB_PASS

sh "$code/systems/dashboard/machine/install.sh"
# What would be the same on every machine: a swarm, and the engine's own identity.
if [ "$(docker info --format '{{.Swarm.LocalNodeState}}')" != inactive ]; then fail "a swarm must not be in an image"; fi
docker image prune --force >/dev/null
systemctl stop docker.service docker.socket containerd.service
say "done"
