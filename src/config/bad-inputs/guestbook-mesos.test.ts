import { describe, expect, it } from "vitest";
import { load, mistakesOf, refusalOf } from "./description";

/** Keys of `guestbookMesos`, each in flow style. */
type Change = Readonly<Record<string, string>>;

const three = "{ zones: [eu-west-1a, eu-west-1b, eu-west-1c] }";
const smallest: Change = { network: three, alarms: "{ emails: [on-call@example.com] }" };

/** A small valid description of the system with something else in its place, one key a line from the fourth on. */
function described(change: Change = {}, top = "onRemoval: destroy"): string {
  const keys = Object.entries({ ...smallest, ...change });
  return ["region: eu-west-1", top, "guestbookMesos:", ...keys.map(([key, value]) => `  ${key}: ${value}`), ""].join(
    "\n",
  );
}

const cases: [title: string, change: Change, message: string][] = [
  [
    "masters in an even number (row 94, S1-30)",
    { masters: "{ count: 4 }" },
    `
dev.yaml:6:21 QUORUM_SIZE
  at    guestbookMesos.masters.count
  got   4
  want  3 or 5 masters: an even one more survives no more, and one survives nothing
  fix   write 5`,
  ],
  [
    "one master (row 94, S1-33)",
    { masters: "{ count: 1 }" },
    `
dev.yaml:6:21 QUORUM_SIZE
  at    guestbookMesos.masters.count
  got   1
  want  3 or 5 masters: an even one more survives no more, and one survives nothing
  fix   write 3`,
  ],
  [
    "quorums over two zones, of which one may fail (row 94)",
    { network: "{ zones: [eu-west-1a, eu-west-1b] }" },
    `
dev.yaml:4:21 QUORUM_AZ
  at    guestbookMesos.network.zones
  got   eu-west-1a, eu-west-1b
  want  zones of which any may fail: losing eu-west-1a loses 2 of 3 members of zookeeper, and with them the majority
  fix   name three zones or more

dev.yaml:4:21 QUORUM_AZ
  at    guestbookMesos.network.zones
  got   eu-west-1a, eu-west-1b
  want  zones of which any may fail: losing eu-west-1a loses 2 of 3 members of masters, and with them the majority
  fix   name three zones or more`,
  ],
  [
    "quorums in one zone, without a word on it (row 94)",
    { network: "{ zones: [eu-west-1a, eu-west-1b], machineZones: [eu-west-1a] }" },
    `
dev.yaml:4:61 QUORUM_AZ
  at    guestbookMesos.network.machineZones
  got   eu-west-1a
  want  zones of which any may fail: losing eu-west-1a loses 3 of 3 members of zookeeper, and with them the majority
  fix   name three zones; for a copy that nobody would miss, write quorumInOneZone: accepted

dev.yaml:4:61 QUORUM_AZ
  at    guestbookMesos.network.machineZones
  got   eu-west-1a
  want  zones of which any may fail: losing eu-west-1a loses 3 of 3 members of masters, and with them the majority
  fix   name three zones; for a copy that nobody would miss, write quorumInOneZone: accepted`,
  ],
  [
    "a member that is put beside another one (row 94)",
    { place: "{ master-2: eu-west-1a }" },
    `
dev.yaml:6:22 QUORUM_AZ
  at    guestbookMesos.place.master-2
  got   eu-west-1a, eu-west-1c
  want  zones of which any may fail: losing eu-west-1a loses 2 of 3 members of masters, and with them the majority
  fix   leave the line out, or name another zone`,
  ],
  [
    "one zone that is accepted where there are three",
    { quorumInOneZone: "accepted" },
    `
dev.yaml:6:20 QUORUM_AZ
  at    guestbookMesos.quorumInOneZone
  got   "accepted"
  want  refused where machines stand in more than one zone: eu-west-1a, eu-west-1b, eu-west-1c
  fix   remove the line`,
  ],
  [
    "a quorum that is no majority (row 95)",
    { masters: "{ count: 5, quorum: 2 }" },
    `
dev.yaml:6:32 MESOS_QUORUM
  at    guestbookMesos.masters.quorum
  got   2
  want  3, the majority of 5 masters: with any other number their log is corrupted, or nobody decides
  fix   write 3, or leave it out; while the number of masters changes, say what runs in masters.running`,
  ],
  [
    "more masters and a higher quorum in one step (row 96)",
    { masters: "{ count: 5, running: { count: 3, quorum: 2 } }" },
    `
dev.yaml:6:21 QUORUM_STEP
  at    guestbookMesos.masters.count
  got   3 to 5 masters, and quorum 2 to 3
  want  one change at a time: masters with either number would run side by side, and corrupt their log
  fix   raise the quorum first: count: 3, quorum: 3; replace all masters, and then the other`,
  ],
  [
    "fewer masters and a lower quorum in one step (row 96)",
    { masters: "{ count: 3, running: { count: 5, quorum: 3 } }" },
    `
dev.yaml:6:21 QUORUM_STEP
  at    guestbookMesos.masters.count
  got   5 to 3 masters, and quorum 3 to 2
  want  one change at a time: masters with either number would run side by side, and corrupt their log
  fix   lower the count first: count: 3, quorum: 3; replace all masters, and then the other`,
  ],
  [
    "more masters with the quorum of before (row 96)",
    { masters: "{ count: 5, quorum: 2, running: { count: 3, quorum: 2 } }" },
    `
dev.yaml:6:32 MESOS_QUORUM
  at    guestbookMesos.masters.quorum
  got   2
  want  3 before there are 5 masters, so that no minority of them decides
  fix   raise the quorum first: count: 3, quorum: 3`,
  ],
  [
    "a quorum that what runs cannot have (row 95)",
    { masters: "{ running: { count: 5, quorum: 2 } }" },
    `
dev.yaml:6:43 MESOS_QUORUM
  at    guestbookMesos.masters.running.quorum
  got   2
  want  a quorum that 5 masters can run with: 3 to 5
  fix   write what their flag --quorum says`,
  ],
  [
    "a quorum beyond all masters, while it changes (row 95)",
    { masters: "{ quorum: 4, running: { count: 3, quorum: 2 } }" },
    `
dev.yaml:6:22 MESOS_QUORUM
  at    guestbookMesos.masters.quorum
  got   4
  want  2 to 3, with which 3 masters can run
  fix   write 2`,
  ],
  [
    "an even ensemble (row 97, S1-32)",
    { zookeeper: "{ count: 4 }" },
    `
dev.yaml:6:23 ZK_ID
  at    guestbookMesos.zookeeper.count
  got   4
  want  3, 5 or 7 members: an even one more survives no more, and two survive nothing
  fix   write 5`,
  ],
  [
    "one number for two members (row 97)",
    { zookeeper: "{ ids: { zk-1: 7, zk-2: 7 } }" },
    `
dev.yaml:6:38 ZK_ID
  at    guestbookMesos.zookeeper.ids.zk-2
  got   7
  want  a number that no other member has: it is that of zk-1
  fix   give each its own, and never change that of a member that has data`,
  ],
  [
    "the number that another member has by its name (row 97)",
    { zookeeper: "{ ids: { zk-1: 3 } }" },
    `
dev.yaml:6:29 ZK_ID
  at    guestbookMesos.zookeeper.ids.zk-1
  got   3
  want  a number that no other member has: it is that of zk-3
  fix   give each its own, and never change that of a member that has data`,
  ],
  [
    "a number that ZooKeeper does not take (row 97)",
    { zookeeper: "{ ids: { zk-1: 256 } }" },
    `
dev.yaml:6:29 ZK_ID
  at    guestbookMesos.zookeeper.ids.zk-1
  got   256
  want  a whole number from 1 to 255
  fix   write 255 or less`,
  ],
  [
    "a number for a member that there is not (row 97)",
    { zookeeper: "{ ids: { zk-4: 4 } }" },
    `
dev.yaml:6:23 ZK_ID
  at    guestbookMesos.zookeeper.ids.zk-4
  got   "zk-4"
  want  the name of a member: zk-1, zk-2, zk-3
  fix   did you mean zk-1?`,
  ],
  [
    "a first election that waits for other than all Consul servers (row 98, S1-37)",
    { consul: "{ bootstrapExpect: 2 }" },
    `
dev.yaml:6:30 CONSUL_EXPECT
  at    guestbookMesos.consul.bootstrapExpect
  got   2
  want  3, the number of Consul servers, one on each master: less elect two leaders, more wait for ever
  fix   write 3, or leave it out`,
  ],
  [
    "a runbook that takes two members at a time (row 100)",
    { replacement: "{ atOnce: 2 }" },
    `
dev.yaml:6:26 QUORUM_ROLLOUT
  at    guestbookMesos.replacement.atOnce
  got   2
  want  1: with two members of three away, nobody has a majority
  fix   write 1, or leave it out`,
  ],
  [
    "a place for a machine that there is not",
    { place: "{ managment: eu-west-1b }" },
    `
dev.yaml:6:12 PLACE_UNKNOWN
  at    guestbookMesos.place.managment
  got   "managment"
  want  one of zk-1, zk-2, zk-3, master-1, master-2, master-3, fe-1, fe-2, management, gocd
  fix   did you mean management?`,
  ],
  [
    "a place in a zone without machines",
    { place: "{ gocd: eu-west-1d }" },
    `
dev.yaml:6:18 NET_AZ_UNKNOWN
  at    guestbookMesos.place.gocd
  got   "eu-west-1d"
  want  a zone in which machines stand: eu-west-1a, eu-west-1b, eu-west-1c
  fix   write one of them, or add it to the network`,
  ],
  [
    "machines in a zone that the network lacks",
    { network: "{ zones: [eu-west-1a, eu-west-1b], machineZones: [eu-west-1c] }", quorumInOneZone: "accepted" },
    `
dev.yaml:4:62 NET_AZ_UNKNOWN
  at    guestbookMesos.network.machineZones[0]
  got   "eu-west-1c"
  want  one of network.zones: eu-west-1a, eu-west-1b
  fix   write one of them, or add it there`,
  ],
  [
    "a network of one zone, in which no database lives (S1-14)",
    { network: "{ zones: [eu-west-1a] }", quorumInOneZone: "accepted" },
    `
dev.yaml:4:21 LB_SUBNETS
  at    guestbookMesos.network.zones
  got   eu-west-1a
  want  two different zones or more: load balancers and databases refuse to live in fewer
  fix   write for example [eu-west-1a, eu-west-1b]`,
  ],
  [
    "a network without room for the fixed addresses",
    { network: "{ cidr: 10.220.0.0/22, zones: [eu-west-1a, eu-west-1b, eu-west-1c] }" },
    `
dev.yaml:4:20 NET_CIDR_TOO_SMALL
  at    guestbookMesos.network.cidr
  got   "10.220.0.0/22"
  want  a range of /20 or wider: the machines with fixed addresses have numbers up to 35 in their subnets
  fix   write a range such as 10.220.0.0/16`,
  ],
  [
    "a management machine that three servers do not fit on (S1-52)",
    { management: "{ together: { type: t3.medium } }" },
    `
dev.yaml:6:35 MACHINE_MEMORY
  at    guestbookMesos.management.together.type
  got   "t3.medium"
  want  a type with 8192 MiB of memory or more, for Chef server, Marathon and Sensu: t3.medium has 4096
  fix   write a larger size`,
  ],
  [
    "management apart without a Chef server (S1-W01)",
    { management: "{ apart: { marathon: {} } }" },
    `
dev.yaml:6:24 CHEF_MODE
  at    guestbookMesos.management.apart
  got   a map with marathon
  want  a machine for the Chef server, from which the others get their cookbooks
  fix   add chef: {}, or write configuration: local`,
  ],
  [
    "a Chef server that nobody asks",
    { management: "{ apart: { chef: {} } }", configuration: "local" },
    `
dev.yaml:6:26 CHEF_MODE
  at    guestbookMesos.management.apart.chef
  got   "chef"
  want  no machine for a Chef server, where configuration is local
  fix   remove it`,
  ],
  [
    "fewer agents than there always are (S1-31)",
    { agents: "{ desired: 3 }" },
    `
dev.yaml:6:22 SCALE_BOUNDS
  at    guestbookMesos.agents.desired
  got   3
  want  from min to max, 5 to 10
  fix   choose a number between them, or leave it out`,
  ],
  [
    "a type that nobody knows",
    { gocd: "{ agents: { type: t3.medum } }" },
    `
dev.yaml:6:27 INSTANCE_TYPE
  at    guestbookMesos.gocd.agents.type
  got   "t3.medum"
  want  an EC2 instance type that Slipway knows
  fix   did you mean t3.medium, t2.medium, t3a.medium? A type that AWS released after 2026-11-21 needs a line in src/core/machine-types.ts`,
  ],
  [
    "another way to be highly available (S1-44)",
    { frontends: "{ ha: pacemaker }" },
    `
dev.yaml:6:20 HA_MODE
  at    guestbookMesos.frontends.ha
  got   "pacemaker"
  want  heartbeat or keepalived
  fix   write heartbeat or keepalived`,
  ],
  [
    "limits that let nobody in (S1-42)",
    { frontends: "{ limits: { connections: 0 } }" },
    `
dev.yaml:6:39 CLIENT_LIMIT
  at    guestbookMesos.frontends.limits.connections
  got   0
  want  a whole number from 1 to 65535
  fix   write 1 or more`,
  ],
  [
    "a tag on the repository of the images (S1-16)",
    { registry: "{ dockerHub: docker.io/team/guestbook:1.0 }" },
    `
dev.yaml:6:26 IMAGE_REF
  at    guestbookMesos.registry.dockerHub
  got   "docker.io/team/guestbook:1.0"
  want  a repository with its registry and without a tag, such as docker.io/team/guestbook
  fix   the tag comes with each deployment`,
  ],
  [
    "a certificate in another region",
    {
      entrance: "{ certificateSecretArn: 'arn:aws:secretsmanager:eu-west-2:111122223333:secret:site-AbCdEf' }",
    },
    `
dev.yaml:6:37 SECRET_REF
  at    guestbookMesos.entrance.certificateSecretArn
  got   "arn:aws:secretsmanager:eu-west-2:111122223333:secret:site-Ab"… (64 characters)
  want  an ARN of eu-west-1, the region of the front ends
  fix   copy the ARN of the one in eu-west-1, or make one there`,
  ],
  [
    "nobody who hears of alarms",
    { alarms: "{ emails: [] }" },
    `
dev.yaml:5:21 EMAIL_COUNT
  at    guestbookMesos.alarms.emails
  got   no address
  want  an address or more: of what is down, nobody else would say a word
  fix   name who is on call`,
  ],
  [
    "a public name outside its zone, a private zone of everybody's, and an engine's version that there is not",
    {
      dns: "{ zone: example.com, name: guestbook.example.org }",
      privateZone: "mesos.local",
      cache: '{ version: "9.9" }',
    },
    `
dev.yaml:6:35 DNS_NAME
  at    guestbookMesos.dns.name
  got   "guestbook.example.org"
  want  example.com, or a name that ends in .example.com
  fix   write for example guestbook.example.com

dev.yaml:7:16 DNS_NAME
  at    guestbookMesos.privateZone
  got   "mesos.local"
  want  a name that is the VPC's own: local is somebody else's, or never asked of DNS
  fix   leave it out, or write a name such as guestbook.internal

dev.yaml:8:21 CACHE_ENGINE
  at    guestbookMesos.cache.version
  got   "9.9"
  want  a version of redis: 7.0, 7.1
  fix   write "7.1"`,
  ],
  [
    "a class of database that RDS has not",
    { database: "{ class: db.t3a.small }" },
    `
dev.yaml:6:22 RDS_CLASS
  at    guestbookMesos.database.class
  got   "db.t3a.small"
  want  a class that RDS offers for MySQL: t3a is not one
  fix   write a class such as db.t4g.micro or db.m7g.large`,
  ],
];

describe("the guestbook on Mesos refuses", () => {
  it.each(cases)("%s", (_, change, message) => {
    expect(refusalOf(described(change))).toBe(message.trim());
  });

  it("every wrong number at once (rows 94 to 98 and 100)", () => {
    const { mistakes } = mistakesOf({
      "dev.yaml": described({
        masters: "{ count: 5, quorum: 2 }",
        zookeeper: "{ count: 3, ids: { zk-1: 2 } }",
        consul: "{ bootstrapExpect: 3 }",
        replacement: "{ atOnce: 3 }",
        place: "{ zk-2: eu-west-1a }",
      }),
    });
    const codes = ["CONSUL_EXPECT", "MESOS_QUORUM", "QUORUM_AZ", "QUORUM_ROLLOUT", "ZK_ID"];
    expect(mistakes.map(({ code }) => code).sort()).toEqual(codes);
  });

  it("the name and the state of another environment", () => {
    const state = "state: { backend: s3, bucket: slipway-state, region: eu-west-1, prefix: shared }";
    const guestbook = [
      ...["region: eu-west-1", state, "guestbook:", "  network: { zones: [eu-west-1a, eu-west-1b] }"],
      ...["  image: { name: debian-13-amd64-20260914-2601 }", "  puppet: { zone: eu-west-1a }"],
      ...["  registry: { zone: eu-west-1b }", "  database: { remoteCidr: 192.168.40.0/24 }"],
      "  vpn: { devices: { a: { address: 203.0.113.12 }, b: { address: 198.51.100.7 } } }",
      ...["  alarms: { emails: [on-call@example.com] }", ""],
    ].join("\n");
    const { mistakes } = mistakesOf({ "dev.yaml": described({}, state), "mesos-dev.yaml": guestbook });
    expect(mistakes.map(({ code }) => code)).toContain("NAME_COLLISION");
    expect(mistakes.map(({ code }) => code)).toContain("STATE_KEY_DUP");
  });
});

describe("the guestbook on Mesos takes", () => {
  const loaded = (change: Change = {}) => load({ "dev.yaml": described(change) })[0]!.guestbookMesos!;

  it("a description of two keys, and fills in the rest (S1-30, S1-31, S1-32, S1-37, S1-46)", () => {
    const { zookeeper, masters, consul, agents, frontends, management, privateZone, network } = loaded();
    expect(zookeeper.members).toEqual({
      "zk-1": { zone: "eu-west-1a", subnetCidr: "10.220.24.0/21", address: "10.220.24.21", myid: 1 },
      "zk-2": { zone: "eu-west-1b", subnetCidr: "10.220.32.0/21", address: "10.220.32.22", myid: 2 },
      "zk-3": { zone: "eu-west-1c", subnetCidr: "10.220.64.0/21", address: "10.220.64.23", myid: 3 },
    });
    expect(Object.values(masters.members).map(({ address }) => address)).toEqual([
      ...["10.220.24.31", "10.220.32.32", "10.220.64.33"],
    ]);
    expect({ quorum: masters.quorum, expect: consul.bootstrapExpect }).toEqual({ quorum: 2, expect: 3 });
    expect(agents).toMatchObject({ min: 5, desired: 5, max: 10 });
    expect(Object.values(frontends.members).map(({ zone }) => zone)).toEqual(["eu-west-1a", "eu-west-1b"]);
    expect(Object.keys(management)).toEqual(["management"]);
    expect(privateZone).toBe("guestbook-mesos-dev.internal");
    expect(network.endpoints).toEqual(["ec2"]);
  });

  it("the same description with its zones in another order as the same", () => {
    const turned = loaded({ network: "{ zones: [eu-west-1c, eu-west-1a, eu-west-1b] }" });
    expect(turned.zookeeper).toEqual(loaded().zookeeper);
    expect(turned.masters).toEqual(loaded().masters);
    expect(turned.frontends).toEqual(loaded().frontends);
  });

  it("one zone for all machines, where it says so", () => {
    const network = "{ zones: [eu-west-1a, eu-west-1b], machineZones: [eu-west-1a] }";
    const { masters, frontends } = loaded({ network, quorumInOneZone: "accepted" });
    const places = [...Object.values(masters.members), ...Object.values(frontends.members)];
    expect(new Set(places.map(({ zone }) => zone))).toEqual(new Set(["eu-west-1a"]));
    expect(new Set(places.map(({ address }) => address)).size).toBe(places.length);
  });

  it.each([
    ["the quorum first", "{ count: 3, quorum: 3, running: { count: 3, quorum: 2 } }"],
    ["then more masters", "{ count: 5, quorum: 3, running: { count: 3, quorum: 3 } }"],
    ["fewer masters first", "{ count: 3, quorum: 3, running: { count: 5, quorum: 3 } }"],
    ["then the quorum", "{ count: 3, quorum: 2, running: { count: 3, quorum: 3 } }"],
  ])("a change of the number of masters step by step: %s (row 96)", (_, masters) => {
    const network = "{ zones: [eu-west-1a, eu-west-1b, eu-west-1c] }";
    expect(loaded({ masters, network }).masters.members).toBeDefined();
  });

  it("management apart, with a machine for each (S1-W01)", () => {
    const { management } = loaded({ management: "{ apart: { chef: {} } }" });
    expect(Object.entries(management).map(([name, { address }]) => [name, address.split(".").at(-1)])).toEqual([
      ...[
        ["chef", "10"],
        ["marathon", "11"],
        ["sensu", "12"],
      ],
    ]);
  });
});
