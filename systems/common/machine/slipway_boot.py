"""What machines that configure themselves share at boot. User data is small: what can come later is not here."""

import contextlib
import json
import os
import shutil
import subprocess
import urllib.request

# In memory, and gone with the next boot.
VOLATILE = "/run/slipway"
PROGRAMS = "/usr/local/lib/slipway"
APT = ["apt-get", "-yqq", "-oDpkg::Use-Pty=0", "-oDPkg::Lock::Timeout=600", "-oAcquire::Retries=5"]
# Files that were written before their package came stay as they are.
APT += ["-oDpkg::Options::=--force-confold"]


def settings(path, *members):
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{path}: {error}; user data must write it") from error
    if missing := [name for name in members if not found.get(name)]:
        raise SystemExit(f"{path}: lacks {', '.join(missing)}; user data must write it")
    # Both are what `aws` reads.
    os.environ["AWS_DEFAULT_REGION"] = found["region"]
    if "endpoint" in found:
        os.environ["AWS_ENDPOINT_URL"] = found["endpoint"]
    return found


def run(*command, **options):
    """Runs what must succeed; nothing secret may be in it."""
    done = subprocess.run(command, check=False, text=True, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: ended with {done.returncode} {done.stderr or ''}".strip())
    return done.stdout


def install(*packages):
    query = ["dpkg-query", "-Wf", "${db:Status-Status} ", *packages]
    seen = subprocess.run(query, capture_output=True, text=True, check=False).stdout.split()
    if seen != ["installed"] * len(packages):
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        # A run that was interrupted may have left packages half configured, which apt refuses to mend. While another program
        # installs this fails, and apt waits for that one.
        subprocess.run(["dpkg", "--force-confold", "--configure", "-a"], check=False)
        run(*APT, "update")
        run(*APT, "install", "--no-install-recommends", *packages)


def aws(*arguments):
    """What AWS answers, with the role of the machine."""
    limits = ("--cli-connect-timeout", "5", "--cli-read-timeout", "20")
    return run("aws", *arguments, *limits, "--output", "json", capture_output=True)


def secret(arn, member=None):
    text = json.loads(aws("secretsmanager", "get-secret-value", "--secret-id", arn))["SecretString"]
    try:
        return str(json.loads(text)[member]) if member else text
    except (ValueError, KeyError, TypeError):
        # The error itself would quote the secret.
        raise SystemExit(f"{arn}: has no member {member}") from None


def write(path, text, mode=0o644, group="root"):
    """Replaces a file as a whole; whether it is another one now."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    old = open(path, encoding="utf-8").read() if os.path.exists(path) else None
    part = f"{path}.new"
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    shutil.chown(part, "root", group)
    os.chmod(part, mode)
    os.rename(part, path)
    return old != text


def session_manager(region):
    """The only way in, which Debian's image lacks. A machine that cannot have it serves all the same."""
    if shutil.which("amazon-ssm-agent"):
        return
    domain = "amazonaws.com" + (".cn" if region.startswith("cn-") else "")
    kind = run("dpkg", "--print-architecture", capture_output=True).strip()
    package = f"{VOLATILE}/amazon-ssm-agent.deb"
    url = f"https://s3.{region}.{domain}/amazon-ssm-{region}/latest/debian_{kind}/amazon-ssm-agent.deb"
    try:
        with urllib.request.urlopen(url, timeout=10) as answer, open(package, "wb") as file:
            shutil.copyfileobj(answer, file)
        run(*APT, "install", package)
    except (OSError, SystemExit) as error:
        print(f"no Session Manager yet: {url}: {error}", flush=True)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(package)


def attach(volume, path):
    """Volume, file system and path of a role are called alike."""
    if volume:
        run(f"{PROGRAMS}/attach-volume", "--volume", volume, "--label", os.path.basename(path), "--path", path)


@contextlib.contextmanager
def git_access(source):
    """The environment in which git reaches a repository. Its key is nowhere but in memory, and no longer than it takes."""
    key = f"{VOLATILE}/deploy-key"
    ssh = "ssh -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=/etc/slipway/known_hosts"
    # A host that falls silent is given up after a minute.
    ssh += " -o ConnectTimeout=20 -o ServerAliveInterval=20 -o ServerAliveCountMax=3"
    limits = {"GIT_HTTP_LOW_SPEED_LIMIT": "1000", "GIT_HTTP_LOW_SPEED_TIME": "60"}
    try:
        if arn := source.get("deployKeySecretArn"):
            write(key, secret(arn).strip() + "\n", mode=0o600)
            ssh += f" -i {key}"
        yield {**os.environ, **limits, "GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": ssh}
    finally:
        if os.path.exists(key):
            os.remove(key)
