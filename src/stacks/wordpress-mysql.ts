import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ContainerCluster } from "../../modules/container-cluster";
import { ContainerService } from "../../modules/container-service";
import { Fleet } from "../../modules/fleet";
import { MachineImage } from "../../modules/machine-image";
import { FlatNetwork } from "../../modules/network";
import { Redeployment } from "../../modules/redeployment";
import type { Environment, WordpressMysql } from "../config";
import { pulled } from "../core/ecr";
import { officialConnection, officialPassword } from "../core/wordpress-variables";
import { ContainerMetrics } from "./container-metrics";
import { keepSafe, ownCopies } from "./data";
import { layFoundation, systemTags } from "./foundation";
import { logKeyOf, onCallOf, watchOver } from "./observation";
import { filesOf } from "./wordpress-files";
import { type MysqlServer, mysqlServer } from "./wordpress-mysql-database";
import { wayIn } from "./wordpress-mysql-ways";

/**
 * WordPress on ECS and its database in one subnet of one zone, all in one state. Visitors reach the machine itself: without an
 * entrance one task runs per machine and a deployment is a short outage. With one, a load balancer spreads them over tasks.
 *
 * An entrance that comes later replaces nothing but revisions of the task: the rule by which the internet reached the machine goes,
 * and the service moves behind the load balancer in place. Files should be there before it: see the runbook.
 */
export class WordpressMysqlStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment, system: WordpressMysql) {
    super(scope, id);
    const { region } = system;
    const { onRemoval } = environment;
    const name = `wordpress-mysql-${environment.name}`;
    layFoundation(this, { ...environment, region }, "wordpress-mysql");

    // What exists.
    const reserved = "machine" in system.database ? [system.database.machine.address] : [];
    const network = new FlatNetwork(this, "network", { name, region, reserved, onRemoval, ...system.network });
    const way = wayIn(this, { name, environment, system, network });
    const cluster = new ContainerCluster(this, "cluster", { name, onRemoval, ...system.cluster });
    const { image, type, ...machine } = system.machines;
    const machines = new Fleet(this, "machines", {
      name,
      placement: way.placement,
      image: new MachineImage(this, "machine-image", { ...image, region }),
      instanceType: type,
      ...machine,
      // There is no NAT: without an address of its own, a machine reaches neither ECS nor the registry.
      publicAddress: true,
      userData: cluster.joinScript,
      statements: cluster.machineStatements,
      ports: way.ports,
      sizeManagedBy: "ecs",
      tags: { ...environment.tags, ...systemTags(environment, "wordpress-mysql") },
      onRemoval,
    });
    const database = mysqlServer(this, "database", { name, environment, system, network });

    const files =
      system.files && filesOf(this, name, way.placement, { ...system.files, backups: ownCopies(system) }, onRemoval);

    // Who talks to whom.
    way.open(machines);
    const wayOut = machines.connections.allowToInternet("image registry and AWS APIs");
    database.connections.allowFrom(machines, "queries of WordPress");
    database.behind?.connections.allowFrom(machines, "queries of tasks that do not know the proxy yet");
    files?.fileSystem.connections.allowFrom(machines, "what WordPress writes");
    if (database.machine) network.endpoints?.connections.allowFrom(database.machine, "reads its password at boot");
    const capacityProvider = cluster.addCapacity("machines", machines);

    // What runs there.
    const { environment: variables, secrets, image: container, cpu, memoryMib, port, ...task } = system.service;
    const { exec, drainSeconds, logDays } = task;
    const wordpress = new ContainerService(this, "wordpress", {
      ...{ ...pulled(container), cpu, memoryMib, port, exec, drainSeconds, logDays, ...way.service },
      name: `${name}-wordpress`,
      region,
      cluster: {
        ...{ arn: cluster.arn, name: cluster.name, capacityProvider, execLogGroupArn: cluster.execLogGroupArn },
        counted: system.cluster.insights !== "off",
      },
      environment: { ...connectionVariables(database, system), ...variables },
      secrets: { [officialPassword]: { arn: database.secretArn, key: "password" }, ...way.secrets, ...secrets },
      files,
      onRemoval,
      // Tasks stop by way of the machines' call to ECS: cut off first, they would stay until Terraform gives up.
      after: [cluster.association, wayOut, ...database.ready, ...way.ready, ...(files?.fileSystem.mountTargets ?? [])],
    });

    // RDS renews its password every seven days. A machine learns a new one when it boots, and the tasks must come after it.
    const rotation =
      database.machine || !task.redeployOnRotation
        ? undefined
        : new Redeployment(this, "redeployment", {
            ...{ name: `${name}-wordpress`, region, secretArns: [database.secretArn], cluster },
            service: { name: wordpress.name },
          });

    // Who watches what.
    const site = { name, region, onRemoval };
    const topicArn = onCallOf(this, site, system)?.alarmTopicArn;
    const metrics =
      system.prometheus &&
      new ContainerMetrics(this, "container-metrics", {
        ...{ ...site, cluster, counted: system.cluster.insights !== "off", topicArn, wayOut, ...system.prometheus },
      });
    const copies = keepSafe(this, site, system);
    watchOver(this, {
      ...{ ...site, topicArn, emails: system.alarms?.emails, dashboard: system.cloudwatchDashboard },
      watched: {
        ...{ ...way.watched, wordpress, machines, database, ...(database.proxy && { proxy: database.proxy }) },
        ...(files && { files: files.fileSystem }),
        ...(rotation && { rotation }),
        ...(metrics && { metrics }),
        ...copies,
      },
    });
    logKeyOf(this, site, system);

    this.output({
      ...way.outputs(machines),
      database_address: database.endpoint,
      database_secret_arn: database.secretArn,
      cluster_name: cluster.name,
      ...(metrics && { prometheus_url: metrics.queryUrl }),
    });
  }

  private output(values: Record<string, string>): void {
    for (const [key, value] of Object.entries(values)) new TerraformOutput(this, key, { value });
  }
}

/** What the official image needs to reach its database. The password comes as a secret. */
function connectionVariables({ endpoint, encryption }: MysqlServer, { database }: WordpressMysql) {
  const { name, user } = database;
  return { ...officialConnection({ endpoint, name, user }), ...encryption };
}
