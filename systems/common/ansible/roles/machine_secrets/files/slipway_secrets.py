"""Reads secrets of AWS Secrets Manager with the role of the machine, into memory only."""

import json
import sys

import botocore.config
import botocore.exceptions
import botocore.session


def configuration(path):
    """What user data wrote to this machine: names and ARNs, as JSON."""
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{path}: {error}; the machine's user data must write it") from error


def read(value_from, endpoint=None):
    """The secret that `value_from` names, in the form that ECS takes: an ARN, and after it perhaps `:key:stage:version`.

    With a key: that member of a secret that is a JSON object. Without: the whole text.
    """
    parts = value_from.split(":")
    if len(parts) not in (7, 8, 10) or parts[0] != "arn" or parts[2] != "secretsmanager" or parts[5] != "secret":
        raise SystemExit(f"{value_from}: not the ARN of a secret, or one followed by :key:stage:version")
    key, stage, version = (parts[7:] + ["", "", ""])[:3]
    which = {"SecretId": ":".join(parts[:7]), "VersionStage": stage, "VersionId": version}
    client = botocore.session.get_session().create_client(
        "secretsmanager",
        region_name=parts[3],
        endpoint_url=endpoint,
        config=botocore.config.Config(connect_timeout=5, read_timeout=10, retries={"max_attempts": 5}),
    )
    try:
        text = client.get_secret_value(**{name: value for name, value in which.items() if value})["SecretString"]
    except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
        raise SystemExit(f"{which['SecretId']}: {error}") from error
    if not key:
        return text
    try:
        return str(json.loads(text)[key])
    except (ValueError, KeyError, TypeError):
        # Not the error itself: it would quote the secret.
        raise SystemExit(f"{which['SecretId']}: has no member {key}") from None


if __name__ == "__main__":
    sys.exit("a library, not a program")
