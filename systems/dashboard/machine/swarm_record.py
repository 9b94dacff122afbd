"""What the machines of a cluster know of each other: the record in the join secret, and a tag on each of them.

The record is the truth about which swarm is the cluster's:
  {"generation": 1, "founder": "i-…", "swarm": "<id of the swarm>", "token": "<worker token>"}
It is written under a request token that follows from its generation: Secrets Manager refuses a second text under the same
token, so that each generation has one founder.

The tag `slipway:swarm-member` says what its machine is: "<generation>/<manager|worker|leaving>/<node id>".
"""

import hashlib
import json

from slipway_swarm import AwsError, aws

TAG = "slipway:swarm-member"


class Machine:
    """A machine of the cluster that exists, this one included, as EC2 describes it."""

    def __init__(self, described):
        self.id = described["InstanceId"]
        self.address = described.get("PrivateIpAddress", "")
        self.running = described["State"]["Name"] == "running"
        tags = {tag["Key"]: tag["Value"] for tag in described.get("Tags", [])}
        generation, role, node = (tags.get(TAG, "").split("/") + ["", "", ""])[:3]
        self.generation = int(generation) if generation.isdigit() else 0
        self.role, self.node = role, node


def machines(given):
    """Machines of the cluster that may come back: all but those that are terminated or about to be."""
    states = ["pending", "running", "stopping", "stopped"]
    filters = [
        {"Name": "tag:slipway:swarm", "Values": [given["cluster"]]},
        {"Name": "instance-state-name", "Values": states},
    ]
    answer = aws(given, "ec2", "describe-instances", {"Filters": filters})
    return [Machine(each) for held in answer.get("Reservations", []) for each in held["Instances"]]


def declare(given, machine, value, mine):
    """Writes a machine's tag, if it does not say that already."""
    if mine and f"{mine.generation}/{mine.role}/{mine.node}" == value:
        return
    aws(given, "ec2", "create-tags", {"Resources": [machine], "Tags": [{"Key": TAG, "Value": value}]})


def read(given):
    """The record; None where nobody has written one."""
    try:
        answer = aws(given, "secretsmanager", "get-secret-value", {"SecretId": given["joinSecretArn"]})
    except AwsError as error:
        if error.code == "ResourceNotFoundException":
            return None
        raise
    try:
        found = json.loads(answer.get("SecretString", ""))
        return found if isinstance(found["generation"], int) and found["token"] else None
    except (ValueError, KeyError, TypeError):
        return None


def write(given, record):
    """Writes a record; False where its generation has one already."""
    fixed = hashlib.sha256(f"{given['cluster']}/{record['generation']}".encode()).hexdigest()
    request = {"SecretId": given["joinSecretArn"], "ClientRequestToken": fixed, "SecretString": json.dumps(record)}
    try:
        aws(given, "secretsmanager", "put-secret-value", request)
    except AwsError as error:
        if error.code == "ResourceExistsException":
            return False
        raise
    return True
