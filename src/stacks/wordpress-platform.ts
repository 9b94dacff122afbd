import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ContainerCluster } from "../../modules/container-cluster";
import { ContainerRegistry } from "../../modules/container-registry";
import { Database } from "../../modules/database";
import { Publication } from "../../modules/exchange";
import { FileSystem } from "../../modules/file-system";
import { Fleet } from "../../modules/fleet";
import { GeneratedSecret } from "../../modules/generated-secret";
import { MachineImage } from "../../modules/machine-image";
import { Network } from "../../modules/network";
import type { Environment, Wordpress } from "../config";
import { containerPorts } from "../core/ports";
import { ContainerLogs } from "./container-logs";
import { ContainerMetrics } from "./container-metrics";
import { keepSafe, ownCopies } from "./data";
import { proxyBefore } from "./database-proxy";
import { type Entrance, placeEntrance } from "./entrance";
import { layFoundation, systemTags } from "./foundation";
import { logKeyOf, onCallOf, watchOver } from "./observation";
import { isTag, type PlatformValues, wordpressExchange } from "./wordpress-exchange";
import { shownServices } from "./wordpress-wiring";

/**
 * What WordPress runs on: network, entrances, machines of the ECS cluster, database and image registry.
 *
 * It changes rarely and holds the data. The services on it are a stack of their own, which may change every hour.
 */
export class WordpressPlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment, system: Wordpress) {
    super(scope, id);
    layFoundation(this, environment, "wordpress");
    const { region, onRemoval } = environment;
    const name = `wordpress-${environment.name}`;

    const site = { name, region, onRemoval };

    // What exists.
    const network = new Network(this, "network", { name, region, onRemoval, ...system.network });
    const entrances = Object.entries(system.loadBalancers).map(([key, options]): [string, Entrance] => [
      key,
      placeEntrance(this, `entrance-${key}`, options, {
        ...{ name: `${name}-${key}`, system: "wordpress", region, environment, network },
      }),
    ]);
    const cluster = new ContainerCluster(this, "cluster", { name, onRemoval, ...system.cluster });
    const { image, type, size, ...machine } = system.machines;
    const machines = new Fleet(this, "machines", {
      name,
      placement: network.private,
      image: new MachineImage(this, "machine-image", { ...image, region }),
      instanceType: type,
      architecture: size?.architecture,
      ...machine,
      userData: cluster.joinScript,
      statements: cluster.machineStatements,
      ports: containerPorts,
      sizeManagedBy: "ecs",
      tags: { ...environment.tags, ...systemTags(environment, "wordpress") },
      onRemoval,
    });
    const { class: instanceClass, name: databaseName, proxy: shared, ...options } = system.database;
    const database = new Database(this, "database", {
      name,
      placement: network.data,
      instanceClass,
      databaseName,
      ...options,
      onRemoval,
    });
    const proxy =
      shared && proxyBefore(this, "proxy", database, { name, placement: network.data, onRemoval, ...shared });
    const salt = new GeneratedSecret(this, "salt", {
      name,
      description: "Signs the cookies of WordPress; another one logs everybody out",
      username: "wordpress",
      onRemoval,
    });
    const files =
      system.files &&
      new FileSystem(this, "files", {
        ...{ name, placement: network.data, ...system.files, backups: ownCopies(system), onRemoval },
      });
    const registry = new ContainerRegistry(this, "registry", { ...system.registry, inUse: ownTags(system), onRemoval });

    // Who talks to whom.
    for (const [, entrance] of entrances) {
      entrance.open();
      machines.connections.allowFrom(entrance.balancer, "requests and health checks");
    }
    const wayOut = machines.connections.allowToInternet("image registry and AWS APIs");
    database.connections.allowFrom(machines, "queries of the services");
    proxy?.connections.allowFrom(machines, "queries of the services");
    files?.connections.allowFrom(machines, "files that the services share");
    const capacityProvider = cluster.addCapacity("machines", machines);

    // Who watches what.
    const onCall = onCallOf(this, site, system);
    const metrics =
      system.prometheus &&
      new ContainerMetrics(this, "container-metrics", {
        ...{ ...site, cluster, counted: system.cluster.insights !== "off", topicArn: onCall?.alarmTopicArn, wayOut },
        ...system.prometheus,
      });
    const logs =
      system.logSearch &&
      new ContainerLogs(this, "container-logs", {
        ...{ ...site, cluster, counted: system.cluster.insights !== "off", wayOut, placement: network.private },
        ...{ search: system.logSearch, services: Object.keys(system.services).map((key) => `${name}-${key}`) },
      });
    logs?.allowFrom(machines);
    const copies = keepSafe(this, site, system);
    watchOver(this, {
      ...{ ...site, topicArn: onCall?.alarmTopicArn, emails: system.alarms?.emails },
      dashboard: system.cloudwatchDashboard,
      watched: {
        ...Object.assign({}, ...entrances.map(([, entrance]) => entrance.watched)),
        ...{ machines, database, network, ...(proxy && { proxy }), ...(files && { files }) },
        ...{ ...(metrics && { metrics }), ...(logs && { logs }) },
        ...copies,
      },
      shown: shownServices(system, name),
    });
    const logKeyArn = logKeyOf(this, site, system);

    // What others may use.
    this.publish(wordpressExchange(environment.name).path, {
      "vpc-id": network.vpcId,
      "cluster-arn": cluster.arn,
      "cluster-name": cluster.name,
      "exec-log-group-arn": cluster.execLogGroupArn,
      "capacity-provider": capacityProvider,
      "registry-url": registry.url,
      "registry-arn": registry.arn,
      "database-host": (proxy ?? database).host,
      "database-port": `${database.port}`,
      "database-name": database.databaseName,
      "database-user": database.user,
      "database-secret-arn": database.secretArn,
      "salt-secret-arn": salt.arn,
      ...(onCall && { "alarm-topic-arn": onCall.alarmTopicArn }),
      ...(logKeyArn && { "log-key-arn": logKeyArn }),
      ...(files && { "files-id": files.fileSystemId, "files-arn": files.arn }),
      ...Object.fromEntries(entrances.map(([key, { balancer }]) => [`${key}-listener-arn`, balancer.listenerArn])),
      ...Object.fromEntries(entrances.map(([key, { balancer }]) => [`${key}-load-balancer`, balancer.arnSuffix])),
    });
    const { balancer: entrance, url, distribution } = new Map(entrances).get("public")!;
    this.output({
      vpc_id: network.vpcId,
      alb_dns: entrance.dnsName,
      alb_arn: entrance.arn,
      alb_listener_arn: entrance.listenerArn,
      rds_address: database.host,
      rds_endpoint: database.endpoint,
      rds_name: database.databaseName,
      rds_port: `${database.port}`,
      ecs_cluster_id: cluster.arn,
      ecs_service_role_default_arn: cluster.serviceRoleArn,
      registry_url: registry.url,
      ...(metrics && { prometheus_url: metrics.queryUrl }),
      ...(logs && { log_search_host: logs.host, log_search_writer_role: logs.writerRoleArn }),
      image_version: ownTags(system)[0] ?? "",
      url,
      ...(distribution && { invalidate_command: distribution.invalidateCommand }),
    });
  }

  private publish(path: string, values: PlatformValues): void {
    new Publication(this, "exchange", { path, values: { ...values } });
  }

  private output(values: Record<string, string>): void {
    for (const [key, value] of Object.entries(values)) new TerraformOutput(this, key, { value });
  }
}

/** Tags of the services' images in the platform's own registry; images elsewhere have a full reference. */
function ownTags({ services }: Wordpress): string[] {
  return [...new Set(Object.values(services).map(({ image }) => image))].filter(isTag);
}
