import { type NodeSettings, nodeSettings } from "./converge";

/** What every machine of the test's cluster is told, and what the roles of the control plane need beside it. */
const secret = (name: string) =>
  `arn:aws:secretsmanager:eu-west-1:123456789012:secret:guestbook-mesos-dev-${name}-AbCdEf`;
const masters = ["10.220.64.21", "10.220.80.21", "10.220.96.21"];
const base = {
  consul: { datacenter: "eu-west-1", servers: 3, join: { tag_key: "ConsulCluster", tag_value: "guestbook-mesos-dev" } },
  sensu: { backends: ["10.220.64.31"], agent_secret_arn: secret("sensu-agent") },
  zookeeper: { members: { "1": "10.220.64.11", "2": "10.220.80.11", "3": "10.220.96.11" } },
};
const mesos = { cluster: "guestbook", masters, quorum: 2, task_ports: { from: 31000, to: 32000 } };
const marathon = { addresses: ["10.220.64.31"], credential_secret_arn: secret("marathon") };
const sensuBackend = { sensu: { ...base.sensu, admin_secret_arn: secret("sensu-admin") } };
const gocd = { server: "10.220.64.41", agent_key_secret_arn: secret("gocd-agent") };

/** A machine: its settings, and the address that it has. */
export interface Machine {
  readonly node: NodeSettings;
  readonly address: string;
}

const machine = (
  role: string,
  hostname: string | undefined,
  address: string,
  roles: string[],
  more: object,
  data?: string,
): Machine => ({
  node: nodeSettings(
    role,
    { ...base, ...more },
    {
      runList: ["role[base]", ...roles.map((one) => `role[${one}]`)],
      ...(hostname && { hostname }),
      ...(data && { dataVolume: "vol-0123456789abcdef0", dataMount: data }),
    },
  ),
  address,
});

const managed = "/srv/management";

/** The kinds of machines of the control plane, those of a management that is apart included. */
export const machines = {
  master: machine("mesos-master", "master-1", masters[0]!, ["mesos_master"], { mesos, marathon }),
  agent: machine("mesos-agent", undefined, "10.220.64.101", ["mesos_agent"], {
    mesos,
    registry: {
      kind: "ecr",
      repository: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/guestbook-mesos-dev/guestbook",
    },
  }),
  management: machine(
    "management",
    "management",
    "10.220.64.31",
    ["chef_server", "marathon", "sensu_backend"],
    { ...sensuBackend, marathon },
    managed,
  ),
  chef: machine("management", "chef", "10.220.64.31", ["chef_server"], {}, managed),
  marathon: machine("management", "marathon", "10.220.80.31", ["marathon"], { marathon }),
  sensu: machine("management", "sensu", "10.220.96.31", ["sensu_backend"], sensuBackend, managed),
  gocd: machine(
    "gocd",
    "gocd",
    gocd.server,
    ["gocd_server"],
    {
      gocd: { ...gocd, pipelines: { url: "https://github.com/example/guestbook.git", branch: "main" } },
    },
    "/srv/gocd",
  ),
  gocdAgent: machine("gocd-agent", undefined, "10.220.64.102", ["gocd_agent"], { gocd }),
} as const;
