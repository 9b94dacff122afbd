"""What the programs of the Chef server's machine share: where things are, and the two command lines of the server."""

import json
import os
import subprocess
import sys

SETTINGS = os.environ.get("CHEF_SERVER_SETTINGS", "/etc/slipway/chef-server.json")
KNIFE_CONFIGURATION = os.environ.get("KNIFE_CONFIGURATION", "/etc/slipway/knife.rb")
# The server's package brings both; a machine's own PATH comes first.
PATH = f"{os.environ.get('PATH', '/usr/bin:/bin')}:/opt/cinc-project/bin:/opt/cinc-project/embedded/bin:/opt/cinc/embedded/bin"


def settings():
    """fqdn, organization and data (folder) of this server."""
    try:
        with open(SETTINGS, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{SETTINGS}: {error}; converge this machine first") from error


def run(*command, seconds=1800, secret=()):
    """Runs what must succeed; its output. What is secret is no part of an error."""
    shown = " ".join(word for word in command if word not in secret)
    options = {"capture_output": True, "text": True, "check": False, "timeout": seconds}
    try:
        done = subprocess.run([*command], env={**os.environ, "PATH": PATH}, stdin=subprocess.DEVNULL, **options)
    except FileNotFoundError:
        raise SystemExit(f"there is no command {command[0]}; the machine's image must bring the Chef server") from None
    except subprocess.TimeoutExpired:
        raise SystemExit(f"{shown}: not done after {seconds} s") from None
    if done.returncode != 0:
        raise SystemExit(f"{shown}: ended with {done.returncode} {(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout


def ctl(*arguments, **options):
    return run("cinc-server-ctl", *arguments, **options)


def knife(*arguments):
    return run("knife", *arguments, "--config", KNIFE_CONFIGURATION)


def ready(data):
    """Whether the server was set up, ever: its volume says so."""
    return os.path.exists(f"{data}/ready")


if __name__ == "__main__":
    sys.exit("a library, not a program")
