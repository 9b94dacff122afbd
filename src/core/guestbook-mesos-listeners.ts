import { ports } from "./guestbook-mesos-ports";

/** A program and a port that it listens on, on any address of its machine. */
export interface Listener {
  readonly program: string;
  readonly port: number | { readonly from: number; readonly to: number };
  readonly protocol: "tcp" | "udp";
}

/** What runs on a machine. `base` is on each of them. */
export type Role =
  | "base"
  | "zookeeper"
  | "consul-server"
  | "mesos-master"
  | "mesos-agent"
  | "frontend"
  | "chef"
  | "marathon"
  | "sensu"
  | "gocd"
  | "gocd-agent";

const tcp = (program: string, ...listened: Listener["port"][]): Listener[] =>
  listened.map((port) => ({ program, port, protocol: "tcp" }));
const udp = (program: string, ...listened: number[]): Listener[] =>
  listened.map((port) => ({ program, port, protocol: "udp" }));

/**
 * Every port that a role's programs take, those included that answer on 127.0.0.1 only: two programs cannot have one on the
 * same machine either way.
 */
export const listeners: Readonly<Record<Role, readonly Listener[]>> = {
  base: [
    ...tcp("consul", ports.consulGossip, ports.consulApi, ports.consulDns),
    ...udp("consul", ports.consulGossip, ports.consulDns),
    ...tcp("sensu-agent", 3030, 3031),
    ...udp("sensu-agent", 3030, 8125),
  ],
  // Its AdminServer, which would take 8080 on every address, is switched off.
  zookeeper: tcp("zookeeper", ports.zookeeper, ports.zookeeperPeers, ports.zookeeperElection),
  "consul-server": tcp("consul", ports.consulServer),
  "mesos-master": tcp("mesos-master", ports.mesosMaster),
  "mesos-agent": [...tcp("mesos-agent", ports.mesosAgent), ...tcp("tasks", ports.tasks)],
  frontend: [...tcp("nginx", ports.http, ports.https), ...udp("heartbeat", ports.heartbeat)],
  chef: [
    ...tcp("nginx", ports.http, ports.https),
    ...tcp("oc_erchef", 8000),
    ...tcp("nginx of bookshelf", 4321),
    ...tcp("oc_bifrost", 9463),
    ...tcp("nginx, internal", 9683),
    ...tcp("oc-id", 9090),
    ...tcp("opensearch", 9200, 9300),
    ...tcp("postgresql", 5432),
    ...tcp("redis", 16_379),
  ],
  marathon: tcp("marathon", ports.marathon, ports.marathonCallback),
  sensu: [
    ...tcp("sensu-backend", ports.sensuAgents, ports.sensuApi, ports.sensuDashboard),
    ...tcp("etcd of sensu-backend", 2379, 2380),
  ],
  gocd: tcp("gocd-server", ports.gocd),
  "gocd-agent": [],
};

/** What a machine with these roles would have twice: `tcp 8080: marathon, sensu-backend`. */
export function collisions(
  roles: readonly Role[],
  table: Readonly<Record<Role, readonly Listener[]>> = listeners,
): readonly string[] {
  const all = [...new Set<Role>(["base", ...roles])].flatMap((role) => table[role]);
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter((other) => other.protocol === one.protocol && meet(one.port, other.port))
      .map((other) => `${one.protocol} ${lowest(other.port)}: ${one.program}, ${other.program}`),
  );
}

const lowest = (port: Listener["port"]) => (typeof port === "number" ? port : port.from);
const highest = (port: Listener["port"]) => (typeof port === "number" ? port : port.to);

function meet(one: Listener["port"], other: Listener["port"]): boolean {
  return lowest(one) <= highest(other) && lowest(other) <= highest(one);
}
