"""Which swarm this machine belongs to, and how it gets there. See docs/decisions/0006-swarm-state-not-baked.md.

A founder makes its swarm first and writes the record of it after; of several, one wins, and the others leave theirs. A
generation without a manager among the machines that exist is dead, and the next may be founded.
"""

import swarm_record
from slipway_swarm import DockerError, docker, init, metadata, swarm

# A dead generation is looked at this often before the next one is founded: tags take a moment to be seen everywhere.
LOOKS = 3


class Membership:
    """This machine, and where it stands."""

    def __init__(self, given, say):
        self.given, self.say = given, say
        self.id, self.address = metadata("instance-id"), metadata("local-ipv4")
        self.dead_looks = self.error_looks = 0
        self.refused = 0

    def machines(self):
        return swarm_record.machines(self.given)

    def record(self):
        return swarm_record.read(self.given)

    def settle(self):
        """One look, and one step. True when this machine is where it belongs."""
        here, record, machines = swarm(), self.record(), self.machines()
        mine = next((each for each in machines if each.id == self.id), None)
        alive = record is not None and self.alive(record, machines)
        self.dead_looks = 0 if alive else self.dead_looks + 1
        state = here["LocalNodeState"]
        if state == "inactive":
            return self.join(record, machines) if alive else self.found(record)
        if state != "active":
            return self.troubled(here, mine, alive)
        if here["ControlAvailable"]:
            return self.settle_manager(here, record, alive, mine)
        if record and mine and mine.generation not in (0, record["generation"]):
            return self.leave(f"generation {mine.generation} is over")
        if alive:
            return self.declare(record, "worker", here["NodeID"], mine)
        if self.dead_looks >= LOOKS:
            return self.leave("no manager of this swarm exists any more")
        self.say("sees no manager of this swarm; looks again")
        return False

    def settle_manager(self, here, record, alive, mine):
        mine_is = (here.get("Cluster") or {}).get("ID")
        if not mine_is:
            self.say("this manager's swarm has no quorum: it waits for the other managers, or for an operator with swarm-recover")
            return False
        if record and record.get("swarm") == mine_is:
            return self.declare(record, "manager", here["NodeID"], mine)
        if alive:
            return self.leave(f"the cluster is the swarm of generation {record['generation']}, not this one")
        return self.claim(record)

    def alive(self, record, machines):
        """Whether another machine is a manager of the record's swarm, or its founder that has not said yet what it is."""
        of_it = (record["generation"], "manager")
        others = [each for each in machines if each.id != self.id]
        return any(
            (each.generation, each.role) == of_it or (each.id == record.get("founder") and not each.role) for each in others
        )

    def join(self, record, machines):
        """As a worker: the leader promotes, so that one alone decides how many managers there are."""
        others = [each for each in machines if each.id != self.id and each.running and each.address]
        # Those that say that they are managers first; one of the others may have become one a moment ago.
        for each in sorted(others, key=lambda one: (one.role != "manager", one.id)):
            try:
                # The client takes the token as an argument only. It makes workers and nothing else, other users of this
                # machine do not exist, and containers do not see its processes.
                docker("swarm", "join", "--advertise-addr", self.address, "--token", record["token"], f"{each.address}:2377")
            except DockerError:
                # After its own time the engine goes on trying in the background, at an address that may be no manager's.
                state = swarm()["LocalNodeState"]
                if state != "active":
                    if state != "inactive":
                        docker("swarm", "leave", "--force")
                    continue
            print(f"joined the swarm of generation {record['generation']} through {each.id}", flush=True)
            return False
        self.say(f"no manager of generation {record['generation']} lets this machine join yet; waits")
        return False

    def found(self, record):
        # Where nothing was ever written there is nothing to wait for: the write decides.
        if record and self.dead_looks < LOOKS:
            self.say(f"sees no manager of generation {record['generation']}; looks again")
            return False
        init(self.given, self.address)
        return self.claim(record)

    def claim(self, record):
        """Makes the swarm of this engine the cluster's, if nobody was faster."""
        generation = (record["generation"] if record else 0) + 1 + self.refused // LOOKS
        own = {
            "generation": generation,
            "founder": self.id,
            "swarm": swarm()["Cluster"]["ID"],
            "token": docker("swarm", "join-token", "--quiet", "worker"),
        }
        lost = not swarm_record.write(self.given, own)
        # The record decides, not the answer. If none of this generation appears for long, somebody has written something
        # else over it by hand, and its request token is used up: the next generation then.
        seen = self.record()
        self.refused = 0 if seen and seen["generation"] >= generation else self.refused + 1
        if lost and not (seen and seen.get("swarm") == own["swarm"]):
            return self.leave(f"another machine has founded generation {generation}")
        if not lost:
            self.say(f"founded generation {generation}")
        return False

    def troubled(self, here, mine, alive):
        """The engine has a swarm and is not in it: starting, or cut off, or removed while it was away."""
        self.say(f"the engine says {here['LocalNodeState']}: {here.get('Error') or 'no reason'}")
        self.error_looks += 1
        # Workers hold nothing. A manager holds a part of the swarm's memory, which only an operator may give up.
        if self.error_looks > 10 * LOOKS and alive and mine and mine.role == "worker":
            self.error_looks = 0
            return self.leave("the swarm does not take this worker back")
        return False

    def leave(self, why):
        print(f"leaves: {why}", flush=True)
        docker("swarm", "leave", "--force")
        self.dead_looks = 0
        return False

    def declare(self, record, role, node, mine):
        """Says in the machine's tag what it is. True: it is where it belongs."""
        self.tag(f"{record['generation']}/{role}/{node}", mine)
        self.error_looks = self.refused = 0
        self.say(f"is a {role} of generation {record['generation']}")
        return True

    def tag(self, value, mine):
        swarm_record.declare(self.given, self.id, value, mine)
