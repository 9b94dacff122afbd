import { type Engine, type Everything, type Node, newId, Refused, type Swarm } from "./everything";

type Command = (all: Everything, me: string, args: readonly string[], text: string) => string | undefined;

/** What `docker` answers on a machine: one engine for each, and swarms that several of them are in. */
export function docker(all: Everything, me: string, args: readonly string[], text: string): string | undefined {
  const words = commands[args[0]!] ? 1 : 2;
  const command = commands[args.slice(0, words).join(" ")];
  if (!command) throw new Refused(`unknown command: docker ${args.join(" ")}`);
  return command(all, me, args.slice(words), text);
}

const up = (all: Everything, node: Node) => {
  const { state, engine } = all.machines[node.machine]!;
  return state === "running" && engine.node === node.id;
};
const managers = (swarm: Swarm) => swarm.nodes.filter(({ role }) => role === "manager");
const hasQuorum = (all: Everything, swarm: Swarm) =>
  managers(swarm).filter((node) => up(all, node)).length * 2 > managers(swarm).length;
const leaderOf = (all: Everything, swarm: Swarm) => managers(swarm).find((node) => up(all, node))?.id;
const manages = (all: Everything, engine: Engine) =>
  engine.state === "active" && all.swarms[engine.swarm]?.nodes.find(({ id }) => id === engine.node)?.role === "manager";

/** The swarm that this engine manages, while it has a quorum. */
function managed(all: Everything, me: string): Swarm {
  const { engine } = all.machines[me]!;
  if (!manages(all, engine)) throw new Refused("This node is not a swarm manager.");
  const swarm = all.swarms[engine.swarm]!;
  if (!hasQuorum(all, swarm)) {
    throw new Refused("rpc error: code = Unknown desc = The swarm does not have a leader.");
  }
  return swarm;
}

function enter(all: Everything, me: string, swarm: string, role: Node["role"]): void {
  const id = newId("node");
  all.swarms[swarm]!.nodes.push({ id, role, availability: "active", machine: me, age: 0 });
  Object.assign(all.machines[me]!.engine, { state: "active", swarm, node: id });
}

function seen(all: Everything, swarm: Swarm, { id, role, availability, age, ...node }: Node) {
  const answers = up(all, { id, role, availability, age, ...node });
  const status = { Leader: id === leaderOf(all, swarm), Reachability: answers ? "reachable" : "unreachable" };
  return {
    ID: id,
    CreatedAt: new Date(Date.now() - age * 1000).toISOString().replace("Z", "123456Z"),
    Spec: { Role: role, Availability: availability },
    Status: { State: answers ? "ready" : "down" },
    ...(role === "manager" && { ManagerStatus: status }),
  };
}

/** A command that changes the node that it names last. */
const changing =
  (change: (node: Node, all: Everything, swarm: Swarm) => void): Command =>
  (all, me, args) => {
    const swarm = managed(all, me);
    change(swarm.nodes.find(({ id }) => id === args.at(-1))!, all, swarm);
    return undefined;
  };

const commands: Record<string, Command> = {
  info: (all, me) => {
    const { engine } = all.machines[me]!;
    const told = { LocalNodeState: engine.state, NodeID: engine.node, ControlAvailable: false, Error: "" };
    if (!manages(all, engine)) return JSON.stringify(told);
    const swarm = all.swarms[engine.swarm]!;
    const whole = hasQuorum(all, swarm);
    const known = { Cluster: { ID: whole ? engine.swarm : "" }, Nodes: whole ? swarm.nodes.length : 0 };
    return JSON.stringify({ ...told, ControlAvailable: true, ...known });
  },
  ps: (all, me) => Array.from({ length: all.machines[me]!.engine.tasks }, (_, number) => `task${number}`).join("\n"),

  "swarm init": (all, me, args) => {
    const { engine } = all.machines[me]!;
    if (args.includes("--force-new-cluster")) {
      for (const node of all.swarms[engine.swarm]!.nodes) node.role = node.id === engine.node ? "manager" : "worker";
      return undefined;
    }
    if (engine.state !== "inactive") throw new Refused("This node is already part of a swarm.");
    const swarm = newId("swarm");
    all.swarms[swarm] = { nodes: [], token: `SWMTKN-1-${newId("token")}`, secrets: [] };
    enter(all, me, swarm, "manager");
    return undefined;
  },
  "swarm join": (all, me, args) => {
    const address = args.at(-1)!.split(":")[0];
    const host = Object.values(all.machines).find((each) => each.address === address && each.state === "running");
    if (!host || !manages(all, host.engine)) {
      if (all.lingering) all.machines[me]!.engine.state = "pending";
      throw new Refused("Timeout was reached before node joined.");
    }
    const swarm = all.swarms[host.engine.swarm]!;
    if (!hasQuorum(all, swarm)) {
      throw new Refused("rpc error: code = Unknown desc = The swarm does not have a leader.");
    }
    if (args[args.indexOf("--token") + 1] !== swarm.token) throw new Refused("invalid join token");
    enter(all, me, host.engine.swarm, "worker");
    return undefined;
  },
  "swarm leave": (all, me) => {
    Object.assign(all.machines[me]!.engine, { state: "inactive", swarm: "", node: "", tasks: 0 });
    return undefined;
  },
  "swarm join-token": (all, me) => managed(all, me).token,

  "node ls": (all, me) =>
    managed(all, me)
      .nodes.map(({ id }) => id)
      .join("\n"),
  "node inspect": (all, me, args) => {
    const swarm = managed(all, me);
    if (args.includes("--format")) return `${args[0] === leaderOf(all, swarm)}`;
    return JSON.stringify(swarm.nodes.filter(({ id }) => args.includes(id)).map((node) => seen(all, swarm, node)));
  },
  "node promote": changing((node) => {
    node.role = "manager";
  }),
  "node demote": changing((node, _, swarm) => {
    if (managers(swarm).length === 1) throw new Refused("attempting to demote the last manager of the swarm");
    node.role = "worker";
  }),
  "node update": changing((node, all) => {
    node.availability = "drain";
    all.machines[node.machine]!.engine.tasks = 0;
  }),
  "node rm": changing((node, _, swarm) => {
    if (node.role === "manager") throw new Refused("node is a manager");
    swarm.nodes = swarm.nodes.filter((each) => each !== node);
  }),

  "secret ls": (all, me) =>
    managed(all, me)
      .secrets.map(({ ID }) => ID)
      .join("\n"),
  "secret inspect": (all, me, args) => JSON.stringify(managed(all, me).secrets.filter(({ ID }) => args.includes(ID))),
  "secret create": (all, me, args, text) => {
    const ID = newId("secret");
    managed(all, me).secrets.push({ ID, CreatedAt: ID, Spec: { Name: args[0]! }, text });
    return ID;
  },
  "secret rm": (all, me, args) => {
    const swarm = managed(all, me);
    if (all.inUse.includes(args[0]!)) throw new Refused(`secret '${args[0]}' is in use by the following service: back`);
    swarm.secrets = swarm.secrets.filter(({ Spec }) => Spec.Name !== args[0]);
    return undefined;
  },
};
