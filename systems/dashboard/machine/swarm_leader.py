"""What the leader of the swarm does for the others: it alone promotes, drains, demotes and removes."""

import datetime
import json

from slipway_swarm import docker

# A node that joined a moment ago may not have said yet which machine it is: five minutes, as a rule.
YOUNG_TICKS = 30


class Node:
    """A node of the swarm, as its managers see it."""

    def __init__(self, inspected, now):
        self.id = inspected["ID"]
        self.manager = inspected["Spec"]["Role"] == "manager"
        status = inspected.get("ManagerStatus") or {}
        self.leader = bool(status.get("Leader"))
        # One that is promoted and not a member of the quorum yet has no status.
        self.reachable = self.manager and status.get("Reachability") == "reachable"
        self.in_quorum = bool(status)
        self.ready = inspected["Status"]["State"] == "ready"
        self.active = inspected["Spec"]["Availability"] == "active"
        created = datetime.datetime.strptime(inspected["CreatedAt"][:19], "%Y-%m-%dT%H:%M:%S")
        self.age = (now - created).total_seconds()


def nodes():
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    return [Node(each, now) for each in json.loads(docker("node", "inspect", *docker("node", "ls", "--quiet").split()))]


def steps(everyone, roles, wanted, young):
    """What to do now, as arguments of `docker node`. `roles`: what existing machines say they are, by the id of their node.
    A node is `young` for so many seconds, and is not removed then.
    """
    gone = [n for n in everyone if not n.ready and not n.leader and n.id not in roles and n.age > young]
    leaving = [n for n in everyone if roles.get(n.id) == "leaving" and n not in gone]
    staying = [n for n in everyone if n.manager and n not in gone and n not in leaving]
    spare = [n for n in everyone if not n.manager and n.ready and n.active and roles.get(n.id) == "worker"]
    todo = []

    for node in gone:
        if not node.manager and not node.in_quorum:
            todo.append(["rm", "--force", node.id])
        elif node.manager and keeps_quorum_without(node, everyone):
            todo.append(["demote", node.id])

    # An odd number survives as many losses with less: two managers are worse than one.
    target = min(wanted, len(staying) + len(spare))
    target -= 1 - target % 2
    promoted = [["promote", node.id] for node in spare[: max(0, target - len(staying))]]
    todo += promoted

    # The leader itself last: what comes after would fail.
    for node in sorted(leaving, key=lambda n: n.leader):
        if node.active:
            todo.append(["update", "--availability", "drain", node.id])
        # Its successor first, and no two at a time.
        settled = not promoted and all(n.in_quorum for n in staying)
        demotes = any(step[0] == "demote" for step in todo)
        if node.manager and settled and not demotes and keeps_quorum_without(node, everyone):
            todo.append(["demote", node.id])
    return todo


def keeps_quorum_without(node, everyone):
    """Whether those that are left and answer are more than half of those that are left."""
    left = [n for n in everyone if n.manager and n is not node]
    return len([n for n in left if n.reachable]) > len(left) / 2


def tend(machines, given, say):
    """One round of the leader."""
    roles = {each.node: each.role for each in machines if each.node}
    for step in steps(nodes(), roles, given["managers"], YOUNG_TICKS * given["tickSeconds"]):
        say(f"leader: {' '.join(step)}")
        docker("node", *step)


def is_leader(node):
    """Whether this engine's node leads. Managers alone can tell."""
    return docker("node", "inspect", node, "--format", "{{if .ManagerStatus}}{{.ManagerStatus.Leader}}{{end}}") == "true"
