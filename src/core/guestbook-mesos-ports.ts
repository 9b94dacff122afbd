import type { Passable } from "./protocol-ports";

/**
 * Who has to reach whom in the guestbook on Mesos, and on which ports. Security-group rules, the page
 * `docs/systems/guestbook-mesos-ports.md` and the tests of both are made from this table; programs on the machines repeat its
 * numbers, which tests compare.
 */
export const ports = {
  http: 80,
  https: 443,
  heartbeat: 694,
  zookeeper: 2181,
  zookeeperPeers: 2888,
  zookeeperElection: 3888,
  mesosMaster: 5050,
  mesosAgent: 5051,
  /** Where Docker publishes the ports of tasks: what agents offer, and what the front ends may reach. */
  tasks: { from: 31_000, to: 32_000 },
  marathon: 8080,
  /** Marathon's `LIBPROCESS_PORT`. 9090, the usual one, is that of a program of the Chef server. */
  marathonCallback: 15_101,
  consulServer: 8300,
  consulGossip: 8301,
  consulApi: 8500,
  consulDns: 8600,
  sensuAgents: 8081,
  /** Of the Sensu backend. Its own choice, 8080, is Marathon's. */
  sensuApi: 8085,
  sensuDashboard: 3000,
  gocd: 8153,
  mysql: 3306,
  redis: 6379,
} as const;

/** A part of the system that listens or calls. `machine` is each of its EC2 machines, whatever runs there. */
export type Part =
  | "frontend"
  | "zookeeper"
  | "master"
  | "agent"
  | "chef"
  | "marathon"
  | "sensu"
  | "gocd"
  | "gocd-agent"
  | "machine"
  | "database"
  | "cache"
  | "endpoints";

/** Address ranges: who is admitted by the description, the VPC, and everybody. */
export type Range = "visitors" | "network" | "internet";

/** What decides which rows apply. */
export interface PortChoice {
  /** Whether Chef server, Marathon and Sensu share a machine, or have one each. */
  readonly management: "together" | "apart";
  /** How the front ends agree on which of them answers. */
  readonly ha: "heartbeat" | "keepalived";
  /** Whether the front ends have a certificate. */
  readonly tls: boolean;
  /** Where machines get their cookbooks: from a Chef server, or without one. */
  readonly configuration: "server" | "local";
}

interface Row {
  readonly to: Part | "internet";
  readonly from: readonly (Part | Range)[];
  readonly ports: readonly Passable[];
  readonly reason: string;
  /** @default - always */
  readonly when?: (choice: PortChoice) => boolean;
}

const taskPorts = `${ports.tasks.from}-${ports.tasks.to}/tcp` as const;

/** The table. Rows within one machine are left out where it is one: what it says to itself meets no security group. */
const rows: readonly Row[] = [
  { to: "frontend", from: ["visitors"], ports: [`${ports.http}/tcp`], reason: "visitors" },
  {
    ...{ to: "frontend", from: ["visitors"], ports: [`${ports.https}/tcp`], reason: "visitors, by HTTPS" },
    when: ({ tls }) => tls,
  },
  {
    ...{ to: "frontend", from: ["frontend"], ports: [`${ports.heartbeat}/udp`] },
    reason: "Heartbeat, unicast: a VPC knows no multicast",
    when: ({ ha }) => ha === "heartbeat",
  },
  {
    ...{ to: "frontend", from: ["frontend"], ports: ["vrrp"] },
    reason: "keepalived, unicast: a VPC knows no multicast",
    when: ({ ha }) => ha === "keepalived",
  },
  { to: "agent", from: ["frontend"], ports: [taskPorts], reason: "requests to published ports of tasks" },
  {
    ...{ to: "zookeeper", from: ["zookeeper", "master", "agent", "marathon"], ports: [`${ports.zookeeper}/tcp`] },
    reason: "elections and state; agents find the leading master there too",
  },
  {
    ...{ to: "zookeeper", from: ["zookeeper"], ports: [`${ports.zookeeperPeers}/tcp`] },
    reason: "followers to their leader",
  },
  {
    ...{ to: "zookeeper", from: ["zookeeper"], ports: [`${ports.zookeeperElection}/tcp`] },
    reason: "election of the leader",
  },
  {
    ...{ to: "master", from: ["master", "agent", "marathon", "gocd-agent"], ports: [`${ports.mesosMaster}/tcp`] },
    reason: "libprocess, API and page of the Mesos masters",
  },
  {
    ...{ to: "agent", from: ["master", "agent", "marathon"], ports: [`${ports.mesosAgent}/tcp`] },
    reason:
      "libprocess and API; sandboxes of tasks, which an operator reads by a tunnel through the machine of Marathon",
  },
  {
    ...{ to: "marathon", from: ["gocd-agent"], ports: [`${ports.marathon}/tcp`] },
    reason: "deployments by the pipeline",
  },
  {
    ...{ to: "marathon", from: ["master"], ports: [`${ports.marathonCallback}/tcp`] },
    reason: "the leading master calls its framework back: without it Marathon never registers",
  },
  {
    ...{ to: "master", from: ["machine"], ports: [`${ports.consulServer}/tcp`] },
    reason: "Consul: every member to the servers",
  },
  {
    ...{ to: "machine", from: ["machine"], ports: [`${ports.consulGossip}/tcp`, `${ports.consulGossip}/udp`] },
    reason: "Consul: gossip of all members",
  },
  {
    ...{ to: "chef", from: ["machine"], ports: [`${ports.https}/tcp`], reason: "Chef: cookbooks and node objects" },
    when: ({ configuration }) => configuration === "server",
  },
  { to: "sensu", from: ["machine"], ports: [`${ports.sensuAgents}/tcp`], reason: "Sensu: agents to their backend" },
  {
    ...{ to: "gocd", from: ["gocd-agent"], ports: [`${ports.gocd}/tcp`] },
    reason: "GoCD: agents to their server",
  },
  { to: "database", from: ["agent"], ports: [`${ports.mysql}/tcp`], reason: "MySQL: tasks" },
  { to: "cache", from: ["agent"], ports: [`${ports.redis}/tcp`], reason: "Redis: tasks" },
  {
    ...{ to: "endpoints", from: ["network"], ports: [`${ports.https}/tcp`] },
    reason: "APIs of AWS inside the VPC: the Elastic IP moves even when the way to the internet is what broke",
  },
  {
    ...{ to: "internet", from: ["machine"], ports: [`${ports.https}/tcp`] },
    reason: "APIs of AWS and images of containers",
  },
];

/** What has a security group of its own. */
export type Group = Exclude<Part, "chef" | "marathon" | "sensu"> | "management" | "chef" | "marathon" | "sensu";

/** One way that is open: from a group or a range, to a group or everybody. */
export interface Arrow {
  readonly to: Group | "internet";
  readonly from: Group | Range;
  readonly ports: Passable;
  readonly reason: string;
}

const onManagement: readonly string[] = ["chef", "marathon", "sensu"];

/** The group of a part. */
export function groupOf<P extends string>(part: P, { management }: Pick<PortChoice, "management">): P | "management" {
  return management === "together" && onManagement.includes(part) ? "management" : part;
}

/** Every way that is open, once, in the order of the table. */
export function arrowsOf(choice: PortChoice): readonly Arrow[] {
  const arrows = rows
    .filter(({ when = () => true }) => when(choice))
    .flatMap(({ to, from, ports: passed, reason }) =>
      from.flatMap((one) =>
        passed.map((open) => ({ to: groupOf(to, choice), from: groupOf(one, choice), ports: open, reason })),
      ),
    );
  return arrows.filter(({ to, from }) => to !== "management" || from !== "management");
}
