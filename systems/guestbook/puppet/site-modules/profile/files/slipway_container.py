"""What the programs that run a container share. They are made by Puppet and started by systemd."""

import json
import os
import signal
import subprocess
import sys
import time


def settings(name):
    with open(f"/etc/slipway/{name}.json", encoding="utf-8") as file:
        return json.load(file)


def secret(config, arn, member=None):
    """A secret, or one member of it; the command that asks for it holds nothing secret."""
    command = ["aws", "secretsmanager", "get-secret-value", "--secret-id", arn, "--region", config["region"], "--output", "json"]
    command += ["--no-cli-pager", "--cli-connect-timeout", "5", "--cli-read-timeout", "20"]
    if config.get("endpoint"):
        command += ["--endpoint-url", config["endpoint"]]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise SystemExit(f"{arn}: {answer.stderr.strip()}")
    text = json.loads(answer.stdout)["SecretString"]
    if member is None:
        return text
    try:
        return str(json.loads(text)[member])
    except (ValueError, KeyError, TypeError):
        # Not the error itself: it would quote the secret.
        raise SystemExit(f"{arn}: has no member {member}") from None


def write_secret(path, text, owner=0):
    """For one user alone, in the folder that systemd made in memory for this service.

    A container gets it by a mount: its environment would be on the disk, with everything that Docker knows of a container.
    """
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400), "w", encoding="utf-8") as file:
        os.fchown(file.fileno(), owner, owner)
        file.write(text)


def docker(*arguments, what, **options):
    finished = subprocess.run(["docker", *arguments], check=False, text=True, **options)
    if finished.returncode != 0:
        raise SystemExit(f"{what}: docker ended with {finished.returncode}; tried again in a while")
    return finished


def have_image(image):
    """Versions never change: an image that is here needs no registry, which may be away when this machine boots."""
    return subprocess.run(["docker", "image", "inspect", image], capture_output=True, check=False).returncode == 0


def run(name, arguments, healthy):
    """Runs the container in the foreground, and ends it when it is unhealthy for a minute: systemd starts another."""
    subprocess.run(["docker", "rm", "--force", name], capture_output=True, check=False)
    container = subprocess.Popen(["docker", "run", "--rm", "--name", name, *arguments])
    signal.signal(signal.SIGTERM, lambda *_: subprocess.run(["docker", "stop", name], stdout=subprocess.DEVNULL, check=False))
    failures = 0
    while container.poll() is None:
        try:
            container.wait(timeout=10)
        except subprocess.TimeoutExpired:
            failures = 0 if healthy() else failures + 1
        if failures == 6:
            print(f"{name}: unhealthy for a minute, started anew", file=sys.stderr, flush=True)
            subprocess.run(["docker", "stop", name], stdout=subprocess.DEVNULL, check=False)
            container.wait()
            time.sleep(1)
    raise SystemExit(container.returncode)
