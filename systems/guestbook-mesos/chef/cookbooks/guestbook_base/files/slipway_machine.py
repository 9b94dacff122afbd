"""What programs of the guestbook's machines share beside slipway_boot: the machine's own facts, AWS's lifecycle, HTTP.

Every program of the cookbooks reads the same settings, /etc/slipway/node.json, which user data wrote.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

import slipway_boot as boot

NODE = os.environ.get("SLIPWAY_NODE", "/etc/slipway/node.json")
METADATA = os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254").rstrip("/")
# No proxy may stand between machines of one network.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Node:
    """The settings of this machine."""

    def __init__(self, *members):
        os.umask(0o022)
        self.all = boot.settings(NODE, "region", *members)
        os.makedirs(boot.VOLATILE, mode=0o711, exist_ok=True)

    def get(self, dotted):
        """A member, by the names on the way to it; None where one of them is not there."""
        found = self.all
        for name in dotted.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def fact(self, dotted):
        """A fact of the cluster, which must be there."""
        found = self.get(f"attributes.guestbook_mesos.{dotted}")
        if found in (None, "", [], {}):
            raise SystemExit(f"{NODE}: lacks attributes.guestbook_mesos.{dotted}; user data must write it")
        return found


def no_arguments(doc):
    """Ends a program that is asked what it is, or is given what it does not take."""
    if sys.argv[1:]:
        name = os.path.basename(sys.argv[0])
        sys.exit(print(doc.strip()) if sys.argv[1] in ("-h", "--help") else f"{name}: takes no arguments, got {sys.argv[1]}")


def metadata(name):
    """A value of the instance metadata service, version 2; None where there is none of that name."""
    token = urllib.request.Request(f"{METADATA}/latest/api/token", method="PUT")
    token.add_header("X-aws-ec2-metadata-token-ttl-seconds", "60")
    with OPENER.open(token, timeout=5) as answer:
        asked = urllib.request.Request(f"{METADATA}/latest/meta-data/{name}")
        asked.add_header("X-aws-ec2-metadata-token", answer.read().decode())
    try:
        with OPENER.open(asked, timeout=5) as answer:
            return answer.read().decode().strip()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


def is_ending():
    """Whether Auto Scaling waits for this machine, to end it."""
    return metadata("autoscaling/target-lifecycle-state") == "Terminated"


def lifecycle(waiting, action, *more):
    """Answers a hook of Auto Scaling that waits for this machine: {"hook", "auto_scaling_group"}; nothing where there is none."""
    if not waiting:
        return
    group = ("--auto-scaling-group-name", waiting["auto_scaling_group"])
    names = (*group, "--lifecycle-hook-name", waiting["hook"], "--instance-id", metadata("instance-id"))
    try:
        boot.aws("autoscaling", action, *names, *more)
    except SystemExit as error:
        # Nobody waits any more: time ran out, or the answer was given before.
        if "No active Lifecycle Action found" not in str(error):
            raise


def put_secret(arn, text):
    """A new value, which no argument list ever holds."""
    path = f"{boot.VOLATILE}/put-secret"
    try:
        boot.write(path, text, mode=0o600)
        boot.aws("secretsmanager", "put-secret-value", "--secret-id", arn, "--secret-string", f"file://{path}")
    finally:
        if os.path.exists(path):
            os.remove(path)


def fetch(url, request=None, method=None, headers=(), context=None, seconds=10):
    """Status and body of an HTTP answer, whatever the status is."""
    data = None if request is None else json.dumps(request).encode()
    asked = urllib.request.Request(url, data=data, method=method)
    for name, value in ({"Content-Type": "application/json"} if data else {}).items():
        asked.add_header(name, value)
    for name, value in headers:
        asked.add_header(name, value)
    opener = OPENER if context is None else urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
    )
    try:
        with opener.open(asked, timeout=seconds) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(errors="replace")


def wait(what, seconds, ready, pause=2):
    """Until `ready` says so; a failure of it is no answer yet."""
    until, why = time.monotonic() + seconds, None
    while True:
        try:
            if ready():
                return
        except (OSError, ValueError) as error:
            why = error
        if time.monotonic() >= until:
            raise SystemExit(f"{what}: not after {seconds} s{f': {why}' if why else ''}")
        time.sleep(pause)


if __name__ == "__main__":
    sys.exit("a library, not a program")
