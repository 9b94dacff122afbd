"""What the programs of a front end share: the settings of the machine, and the calls of AWS."""

import json
import os
import subprocess
import sys
import urllib.request

SETTINGS = os.environ.get("SLIPWAY_NODE", "/etc/slipway/node.json")
RUN = os.environ.get("SLIPWAY_RUN", "/run/slipway")


def say(text):
    print(f"{os.path.basename(sys.argv[0])}: {text}", file=sys.stderr, flush=True)


def fail(text, code=1):
    say(text)
    raise SystemExit(code)


def settings():
    """Region, and what the cluster says of its front ends."""
    try:
        with open(SETTINGS, encoding="utf-8") as file:
            node = json.load(file)
        return node["region"], node["attributes"]["guestbook_mesos"]["frontend"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        fail(f"{SETTINGS}: want region and attributes.guestbook_mesos.frontend as user data writes them, got {error!r}")


def instance_id():
    """Id of this machine, by version 2 of the metadata service: a token first, and the question with it."""
    base = os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254").rstrip("/")
    # No proxy may stand between a machine and its own identity.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    seconds = {"X-aws-ec2-metadata-token-ttl-seconds": "60"}
    request = urllib.request.Request(f"{base}/latest/api/token", method="PUT", headers=seconds)
    with opener.open(request, timeout=2) as answer:
        token = {"X-aws-ec2-metadata-token": answer.read().decode()}
    with opener.open(urllib.request.Request(f"{base}/latest/meta-data/instance-id", headers=token), timeout=2) as answer:
        return answer.read().decode()


class Refused(Exception):
    """AWS said no, or nothing."""


def aws(region, *arguments):
    """What AWS's own command answers. Its own patience would be longer than a takeover may take."""
    limits = ["--cli-connect-timeout", "2", "--cli-read-timeout", "5"]
    command = ["aws", *arguments, "--region", region, "--output", "json", *limits]
    # Tries are counted here, not there.
    environment = {**os.environ, "AWS_MAX_ATTEMPTS": "1"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20, env=environment)
    except FileNotFoundError:
        fail("there is no command aws: install it (Debian: apt-get install awscli)")
    except subprocess.TimeoutExpired:
        raise Refused("no answer within 20 seconds") from None
    if done.returncode != 0:
        raise Refused(done.stderr.strip() or f"aws ended with {done.returncode}")
    return json.loads(done.stdout or "{}")
