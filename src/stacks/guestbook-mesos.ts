import type { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BackupBucket } from "../../modules/backup-bucket";
import { Cache } from "../../modules/cache";
import { ContainerRegistry } from "../../modules/container-registry";
import { Database } from "../../modules/database";
import { DnsRecord } from "../../modules/dns-record";
import { ElasticIp } from "../../modules/elastic-ip";
import { FileBucket } from "../../modules/file-bucket";
import { Network } from "../../modules/network";
import { Notifications } from "../../modules/notifications";
import { QuorumStep } from "../../modules/quorum-step";
import type { Environment, GuestbookMesos } from "../config";
import { keepSafe, snapshotsOf } from "./data";
import { layFoundation } from "./foundation";
import { Boot } from "./guestbook-boot";
import { cookbookFiles, type GuestbookMesosFiles } from "./guestbook-mesos-files";
import { GuestbookMesosMachines } from "./guestbook-mesos-machines";
import { namesOf } from "./guestbook-mesos-names";
import { operationsOf } from "./guestbook-mesos-operations";
import { GuestbookMesosSecrets } from "./guestbook-mesos-secrets";
import { MesosSettings } from "./guestbook-mesos-settings";
import { openWays } from "./guestbook-mesos-ways";
import { logKeyOf, watchOver } from "./observation";

/**
 * The guestbook on Mesos: containers that Marathon places on agents, behind two front ends that share an address. ZooKeeper, the Mesos
 * masters and the Consul servers on them are quorums, each member in a place of its own; Chef configures every machine.
 */
export class GuestbookMesosStack extends TerraformStack {
  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    system: GuestbookMesos,
    files: GuestbookMesosFiles,
  ) {
    super(scope, id);
    layFoundation(this, environment, "guestbook-mesos");
    const { region, onRemoval } = environment;
    const name = `guestbook-mesos-${environment.name}`;
    const site = { name, region, onRemoval };

    // What exists.
    const { network: described, database: rds, cache, frontends } = system;
    const { machineZones: _, ...networkOptions } = described;
    const network = new Network(this, "network", {
      ...{ name, region, onRemoval, dataTier: true, reserved: reservedAddresses(system), ...networkOptions },
      reservedPublic: Object.values(frontends.members).map(({ address }) => address),
    });
    const onCall = new Notifications(this, "on-call", {
      ...{ name, region, emails: system.alarms.emails, cacheEvents: true, onRemoval },
    });
    const { class: instanceClass, name: databaseName, ...rdsOptions } = rds;
    const database = new Database(this, "database", {
      ...{ name, placement: network.data, engine: "mysql", instanceClass, databaseName, ...rdsOptions, onRemoval },
    });
    const { type: nodeType, ...cacheOptions } = cache;
    const redis = new Cache(this, "cache", {
      ...{ name, placement: network.data, nodeType, ...cacheOptions, onRemoval },
      // Programs that know no TLS yet are answered too; who speaks it, is understood.
      transitEncryption: "preferred",
      ...{ eventTopicArn: onCall.eventTopicArn, alarmTopicArn: onCall.alarmTopicArn },
    });
    const registry = registryOf(this, name, environment, system);
    const entrance = new ElasticIp(this, "entrance", {
      ...{ name, region, holders: { key: "slipway:front-ends", value: name }, onRemoval },
    });
    const secrets = new GuestbookMesosSecrets(this, "secrets", environment, system);
    const cookbooks = new FileBucket(this, "cookbooks", {
      name: `${name}-cookbooks`,
      files: cookbookFiles(files, environment.name),
      onRemoval,
    });
    const backups = new BackupBucket(this, "backups", {
      name: `${name}-backups`,
      keepDays: system.backups.days,
      onRemoval,
    });
    const settings = new MesosSettings(environment, system, {
      ...{ secrets, cookbookBucket: cookbooks.bucket, backupBucket: backups.bucket, imageRepository: registry.url },
      ...{ allocationId: entrance.allocationId, redisHost: redis.primaryEndpoint, database: factsOf(database) },
      alarmTopicArn: onCall.alarmTopicArn,
    });
    const boot = new Boot(this, "boot", "converge into systems/guestbook-mesos/chef").userDataOf(files.boot);
    const machines = new GuestbookMesosMachines(this, {
      ...{ environment, system, network, secrets, cookbooks, backups, entrance, onCall, settings, boot },
      registryArn: registry.arn,
    });
    // The volumes hold the state of ZooKeeper and Marathon, the nodes of Chef, and the history of the pipeline.
    snapshotsOf(this, site, system);
    const copies = keepSafe(this, site, system);

    const { members: masters, quorum } = system.masters;
    new QuorumStep(this, "masters-step", {
      ...{ path: `/guestbook-mesos/${environment.name}/masters`, members: "masters" },
      ...{ count: Object.keys(masters).length, quorum, after: groupsOf(machines, Object.keys(masters)) },
    });

    // Who is found under which name.
    namesOf(this, "names", { environment, system, vpcId: network.vpcId });
    const { dns } = system;
    if (dns) {
      new DnsRecord(this, "alias", { zone: { name: dns.zone }, name: dns.name, target: { ipv4: entrance.ipv4 } });
    }

    // Who talks to whom: the table of ports, row by row.
    const { slots, machine, zookeeper, master, agents, gocdAgents } = machines;
    openWays(
      {
        ...{ ...slots, machine, zookeeper, master, agent: agents, "gocd-agent": gocdAgents },
        ...{ frontend: machines.frontends, database, cache: redis },
      },
      portChoice(system),
      system.entrance.admit,
    );

    // Who looks after it.
    watchOver(this, {
      ...{ name, region, onRemoval, topicArn: onCall.alarmTopicArn, emails: system.alarms.emails },
      dashboard: system.cloudwatchDashboard,
      watched: {
        ...{ ...slots, agents, "gocd-agents": gocdAgents, frontends: machines.frontends },
        ...{ database, cache: redis, network },
        ...copies,
      },
    });
    logKeyOf(this, site, system);
    const operations = operationsOf(this, { environment, system, machines });

    const scheme = system.entrance.certificateSecretArn ? "https" : "http";
    this.output({
      url: `${scheme}://${dns?.name ?? entrance.ipv4}`,
      ...{ elastic_ip: entrance.ipv4, elastic_ip_allocation_id: entrance.allocationId, ...operations },
      ...{ private_zone: system.privateZone, image_repository: registry.url, cookbook_bucket: cookbooks.bucket },
      ...{ backup_bucket: backups.bucket, redis_host: redis.primaryEndpoint, database_host: database.host },
      ...{ database_secret_arn: database.secretArn, sensu_admin_secret_arn: secrets.sensuAdmin.arn },
      frontend_instance_ids: machines.frontends.instanceIds,
      redis_failover_command: `aws elasticache test-failover --region ${region} --replication-group-id ${name} --node-group-id 0001`,
    });
  }

  private output(values: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(values)) new TerraformOutput(this, key, { value });
  }
}

/** Which rows of the table of ports apply. */
export function portChoice({ management, frontends, entrance, configuration }: GuestbookMesos) {
  return {
    management: "management" in management ? ("together" as const) : ("apart" as const),
    ...{ ha: frontends.ha, tls: entrance.certificateSecretArn !== undefined, configuration },
  };
}

/** The groups behind places, by name. */
const groupsOf = ({ slots }: GuestbookMesosMachines, names: readonly string[]) =>
  names.map((name) => slots[name]!.node.findChild("group") as AutoscalingGroup);

/** Addresses of private subnets by which machines know each other. */
function reservedAddresses({ zookeeper, masters, management, gocd }: GuestbookMesos): string[] {
  const places = [zookeeper.members, masters.members, management, { gocd }].flatMap((each) => Object.values(each));
  return places.map(({ address }) => address);
}

function registryOf(scope: Construct, name: string, { onRemoval }: Environment, { registry }: GuestbookMesos) {
  if (!("ecr" in registry)) return { url: registry.dockerHub, arn: undefined };
  const { keepImages } = registry.ecr;
  return new ContainerRegistry(scope, "images", { repository: `${name}/guestbook`, keepImages, onRemoval });
}

const factsOf = ({ host, port, databaseName, secretArn }: Database) => ({ host, port, name: databaseName, secretArn });
