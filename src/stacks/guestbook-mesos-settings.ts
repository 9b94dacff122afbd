import type { Environment, GuestbookMesos } from "../config";
import { ports } from "../core/guestbook-mesos-ports";
import type { GuestbookMesosSecrets } from "./guestbook-mesos-secrets";

/** What runs on a machine, by the word that its settings, tags and image have. */
export type MesosRole =
  | "zookeeper"
  | "mesos-master"
  | "mesos-agent"
  | "frontend"
  | "management"
  | "chef"
  | "marathon"
  | "sensu"
  | "gocd"
  | "gocd-agent";

/** What only Terraform knows. */
export interface MesosFacts {
  readonly secrets: GuestbookMesosSecrets;
  readonly cookbookBucket: string;
  readonly backupBucket: string;
  /** Where Sensu's messages go, as those of alarms do. */
  readonly alarmTopicArn: string;
  readonly allocationId: string;
  readonly imageRepository: string;
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly secretArn: string;
  };
  readonly redisHost: string;
}

/** What one machine differs in. A machine that comes and goes has no name, and stands in any zone. */
export interface MesosMachine {
  readonly role: MesosRole;
  readonly hostname?: string;
  readonly zone?: string;
  readonly myid?: number;
  readonly dataVolume?: string | undefined;
  /** Name of its Auto Scaling group, where machines come and go. */
  readonly group?: string;
}

const chefRoles: Readonly<Record<MesosRole, readonly string[]>> = {
  zookeeper: ["zookeeper", "consul_client"],
  "mesos-master": ["mesos_master", "consul_server"],
  "mesos-agent": ["mesos_agent", "consul_client"],
  frontend: ["frontend", "consul_client"],
  management: ["chef_server", "marathon", "sensu_backend", "consul_client"],
  chef: ["chef_server", "consul_client"],
  marathon: ["marathon", "consul_client"],
  sensu: ["sensu_backend", "consul_client"],
  gocd: ["gocd_server", "consul_client"],
  "gocd-agent": ["gocd_agent", "consul_client"],
};

const dataMounts: Partial<Record<MesosRole, string>> = {
  zookeeper: "/var/lib/zookeeper",
  management: "/srv/management",
  chef: "/srv/management",
  marathon: "/srv/management",
  sensu: "/srv/management",
  gocd: "/srv/gocd",
};

/** The lifecycle hook in which an agent hands its tasks over. */
export const drainHook = { name: "drain", timeoutSeconds: 600 };

/** What machines know of each other, the same for all of one environment; who needs nothing of it ignores it. */
export class MesosSettings {
  private readonly name: string;

  constructor(
    private readonly environment: Environment,
    private readonly system: GuestbookMesos,
    private readonly facts: MesosFacts,
  ) {
    this.name = `guestbook-mesos-${environment.name}`;
  }

  /** `/etc/slipway/node.json` of a machine. */
  of(machine: MesosMachine): object {
    const { role, hostname, zone = "", dataVolume } = machine;
    const { region, name: environment } = this.environment;
    return {
      ...{ region, cluster: this.name, environment, role, runList: runListOf(role, this.system) },
      ...{ zone, domain: this.system.privateZone, hostname },
      ...(dataVolume && { dataVolume, dataMount: dataMounts[role] }),
      chef: this.chef(role),
      attributes: { guestbook_mesos: { ...this.shared(), ...this.own(machine) } },
    };
  }

  private chef(role: MesosRole): object {
    const { configuration, management, privateZone } = this.system;
    const bucket = this.facts.cookbookBucket;
    if (configuration === "local") return { mode: "local", bucket };
    const validatorSecretArn = this.facts.secrets.validator.arn;
    const host = "management" in management ? "management" : "chef";
    const server = { url: `https://${host}.${privateZone}/organizations/guestbook`, organization: "guestbook" };
    // A server that configures itself by itself could not be brought back.
    return { mode: servesChef(role) ? "local" : "server", ...server, validatorSecretArn, bucket };
  }

  private shared(): object {
    const { system, facts, environment } = this;
    const { masters, zookeeper, management, gocd } = system;
    const addresses = (members: object) => Object.values(members).map(({ address }) => address as string);
    const [marathon, sensu] =
      "management" in management
        ? [management.management, management.management]
        : [management.marathon, management.sensu];
    const members = Object.values(zookeeper.members).map(({ myid, address }) => [`${myid}`, address]);
    return {
      zookeeper: { members: Object.fromEntries(members) },
      mesos: {
        ...{ cluster: "guestbook", masters: addresses(masters.members), quorum: masters.quorum },
        task_ports: ports.tasks,
      },
      marathon: { addresses: [marathon.address], credential_secret_arn: facts.secrets.marathon.arn },
      consul: {
        ...{ datacenter: environment.region, servers: system.consul.bootstrapExpect },
        join: { tag_key: consulTag, tag_value: this.name },
        gossip_secret_arn: facts.secrets.gossip.arn,
      },
      management: { address: marathon.address },
      sensu: { backends: [sensu.address], agent_secret_arn: facts.secrets.sensuAgent.arn },
      gocd: { server: gocd.address },
    };
  }

  /** What a role knows beyond that. */
  private own({ role, myid, group }: MesosMachine): object {
    const { secrets } = this.facts;
    const shared = this.shared() as Record<string, object>;
    switch (role) {
      case "zookeeper":
        return { zookeeper: { ...shared.zookeeper, id: myid } };
      case "mesos-agent":
        return {
          mesos: { ...shared.mesos, drain: { hook: drainHook.name, auto_scaling_group: group } },
          ...this.tasks(),
        };
      case "frontend":
        return { frontend: this.frontend() };
      case "gocd":
        return { gocd: { ...shared.gocd, agent_key_secret_arn: secrets.gocdAgent.arn }, backup: this.backup("gocd") };
      case "gocd-agent":
        return { gocd: { ...shared.gocd, agent_key_secret_arn: secrets.gocdAgent.arn }, ...this.tasks() };
      case "management":
      case "sensu":
        return {
          sensu: {
            ...{ ...shared.sensu, admin_secret_arn: secrets.sensuAdmin.arn },
            topic_arn: this.facts.alarmTopicArn,
          },
          backup: this.backup(role),
        };
      case "chef":
        return { backup: this.backup(role) };
      default:
        return {};
    }
  }

  private tasks(): object {
    const { database, redisHost, imageRepository } = this.facts;
    const { host, port, name, secretArn } = database;
    return {
      registry: { kind: "ecr" in this.system.registry ? "ecr" : "docker-hub", repository: imageRepository },
      database: { host, port, name, secret_arn: secretArn },
      redis: { host: redisHost, port: ports.redis },
    };
  }

  private frontend(): object {
    const { frontends, entrance } = this.system;
    const { connections, requestsPerSecond, burst } = frontends.limits;
    const peers = Object.entries(frontends.members).map(([name, { address }]) => [name, address]);
    return {
      ...{ peers: Object.fromEntries(peers), allocation_id: this.facts.allocationId, ha: frontends.ha },
      membership_secret_arn: this.facts.secrets.membership.arn,
      ...(entrance.certificateSecretArn && { certificate_secret_arn: entrance.certificateSecretArn }),
      limits: { connections, requests_per_second: requestsPerSecond, burst },
    };
  }

  private backup(word: string): object {
    return { bucket: this.facts.backupBucket, prefix: `${word}/` };
  }
}

/** The tag by which members find the Consul servers. */
export const consulTag = "ConsulCluster";

const servesChef = (role: MesosRole) => role === "management" || role === "chef";

function runListOf(role: MesosRole, { configuration }: GuestbookMesos): string[] {
  const roles = ["base", ...chefRoles[role]].filter((one) => one !== "chef_server" || configuration === "server");
  return roles.map((one) => `role[${one}]`);
}
