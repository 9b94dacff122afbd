"""What the programs of a swarm machine share: its settings, its metadata, and the two command lines that they speak to.

Whatever goes to AWS goes as JSON in a file that exists in memory only, so that neither an argument list nor a disk ever holds a
secret.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

SETTINGS = "/etc/slipway/dashboard.json"
METADATA = os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254").rstrip("/")


class AwsError(Exception):
    """AWS refused a call; `code` is its word for why."""

    def __init__(self, call, code, message):
        super().__init__(f"{call}: {message}")
        self.code = code


class DockerError(Exception):
    """The engine refused a command."""


def settings(path=SETTINGS):
    """What user data wrote to this machine, checked: names, ARNs and numbers, no secret."""
    try:
        with open(path, encoding="utf-8") as file:
            given = json.load(file)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{path}: {error}; the machine's user data must write it") from error
    if given.get("mode") not in ("single", "cluster"):
        raise SystemExit(f'{path}: mode must be "single" or "cluster", got {json.dumps(given.get("mode"))}')
    needed = ["region"] + (["cluster", "joinSecretArn"] if given["mode"] == "cluster" else [])
    for name in needed:
        if not isinstance(given.get(name), str) or not given[name]:
            raise SystemExit(f"{path}: {name} is missing; mode {given['mode']} needs it")
    given.setdefault("managers", 3)
    given.setdefault("tickSeconds", 10)
    if given["managers"] not in (1, 3, 5, 7):
        got = json.dumps(given["managers"])
        raise SystemExit(f"{path}: managers must be 1, 3, 5 or 7, got {got}; an even number is lost as soon")
    if not isinstance(given["tickSeconds"], (int, float)) or given["tickSeconds"] <= 0:
        raise SystemExit(f"{path}: tickSeconds must be a number above 0, got {json.dumps(given['tickSeconds'])}")
    return given


def aws(given, service, action, request):
    """Calls AWS with the role of the machine; the answer."""
    command = ["aws", service, action, "--region", given["region"], "--output", "json"]
    if given.get("endpoint"):
        command += ["--endpoint-url", given["endpoint"]]
    environment = {**os.environ, "AWS_PAGER": "", "AWS_MAX_ATTEMPTS": "5"}
    # Not the standard input: the client reads its parameters twice.
    with os.fdopen(os.memfd_create("request"), "w", encoding="utf-8") as file:
        file.write(json.dumps(request))
        file.flush()
        command += ["--cli-input-json", f"file:///proc/self/fd/{file.fileno()}"]
        done = run(command, None, environment, 120, file.fileno())
    if done.returncode != 0:
        # Of what it prints only the line with the error: nothing that was sent.
        error = re.search(r"\((\w+)\) when calling[^\n]*", done.stderr)
        said = error.group(0) if error else (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise AwsError(f"{service} {action}", error.group(1) if error else "", said)
    return json.loads(done.stdout) if done.stdout.strip() else {}


def docker(*arguments, text=None, seconds=60):
    """Runs the Docker client; what it printed."""
    done = run(["docker", *arguments], text, None, seconds)
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise DockerError(f"docker {arguments[0]} {arguments[1]}: {said}")
    return done.stdout.strip()


def run(command, text, environment, seconds, *files):
    options = {"capture_output": True, "text": True, "check": False, "timeout": seconds, "pass_fds": files}
    try:
        return subprocess.run(command, input=text or "", env=environment, **options)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", f"no answer within {seconds} s")


def swarm():
    """What this engine says of its swarm: LocalNodeState, NodeID, ControlAvailable, Cluster.ID, Error …"""
    return json.loads(docker("info", "--format", "{{json .Swarm}}"))


def init(given, address, *options):
    """Makes a swarm. Its networks lie where the settings say: Docker's own choice may be that of the VPC."""
    pool = given.get("overlayRange")
    ranges = ["--default-addr-pool", pool, "--default-addr-pool-mask-length", "24"] if pool else []
    docker("swarm", "init", *options, "--advertise-addr", address, *ranges, seconds=120)


def complete(given, hook, instance):
    """Lets Auto Scaling go on with this machine, where it waits for that."""
    if not hook or not given.get("autoScalingGroup"):
        return
    names = {"LifecycleHookName": hook, "AutoScalingGroupName": given["autoScalingGroup"], "InstanceId": instance}
    try:
        aws(given, "autoscaling", "complete-lifecycle-action", {**names, "LifecycleActionResult": "CONTINUE"})
    except AwsError as error:
        # It does not wait: after a reboot, or because the hook was made later than the machine.
        if error.code != "ValidationError":
            raise


def metadata(name):
    """A value of the instance metadata service, version 2; None where there is none of that name."""
    ask = urllib.request.Request(f"{METADATA}/latest/api/token", method="PUT")
    ask.add_header("X-aws-ec2-metadata-token-ttl-seconds", "60")
    with urllib.request.urlopen(ask, timeout=5) as answer:
        token = answer.read().decode()
    ask = urllib.request.Request(f"{METADATA}/latest/meta-data/{name}")
    ask.add_header("X-aws-ec2-metadata-token", token)
    try:
        with urllib.request.urlopen(ask, timeout=5) as answer:
            return answer.read().decode().strip()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


class Pace:
    """Time between looks: one tick while things move, up to six when the same trouble lasts. Says each thing once."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.said = None
        self.times = 0

    def say(self, message):
        self.times = self.times + 1 if message == self.said else 0
        if message != self.said:
            print(message, flush=True)
            self.said = message

    def sleep(self):
        # Apart from each other by who they are: machines that boot together must not look together for ever.
        spread = 1 + (os.getpid() % 7) / 20
        time.sleep(self.seconds * min(1 + self.times / 5, 6) * spread)


#: What goes wrong for a while and then right: a look that ends in one of these is repeated.
PASSING = (AwsError, DockerError, OSError, ValueError)

if __name__ == "__main__":
    sys.exit("a library, not a program")
