import { mapOf, section, whole } from "./field";
import { dataGib, instanceType, rootGib } from "./guestbook-mesos-sizes";
import { nameKey } from "./load-balancers";

/** ZooKeeper: where masters are elected, and where Marathon keeps its state. */
export const zookeeper = section("The ZooKeeper ensemble, each member on a machine of its own.", {
  count: whole("Members: 3, 5 or 7. A majority must live.", {
    code: "ZK_ID",
    min: 1,
    max: 255,
    fix: "write 3",
  }).default(3),
  ids: mapOf(
    "Numbers of members (myid), by their names such as zk-1, where they are not those in the names.",
    nameKey(20),
    whole("Number.", { code: "ZK_ID", min: 1, max: 255, fix: "leave it out: zk-1 is 1" }),
  ).default({}),
  type: instanceType("t3.small"),
  rootGib: rootGib(16),
  dataGib: dataGib("the snapshots and the log of transactions", 20),
});

const quorum = whole(
  "Masters of which it takes so many to decide. Without it, the majority, which is what it must be.",
  {
    code: "MESOS_QUORUM",
    min: 1,
    max: 255,
  },
);

/** Mesos masters, with the Consul servers on them. */
export const masters = section("The Mesos masters, with a Consul server on each.", {
  count: whole("Masters: 3 or 5. One leads, the others stand by.", {
    code: "QUORUM_SIZE",
    min: 1,
    max: 255,
    fix: "write 3",
  }).default(3),
  quorum: quorum.optional(),
  running: section(
    "What runs now, while count or quorum is changed: one of the two at a time, and all masters replaced in between.",
    {
      count: whole("Masters that run.", { code: "QUORUM_SIZE", min: 1, max: 255 }),
      quorum: quorum.describe("Quorum that they run with."),
    },
  ).optional(),
  type: instanceType("t3.medium"),
  rootGib: rootGib(30),
});

export const consul = section("Consul: servers on the masters, clients everywhere else.", {
  bootstrapExpect: whole(
    "Servers that a first election waits for. Without it, as many as there are masters, as it must be.",
    {
      code: "CONSUL_EXPECT",
      min: 1,
      max: 255,
    },
  ).optional(),
});
