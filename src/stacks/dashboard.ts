import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Database } from "../../modules/database";
import { Fleet } from "../../modules/fleet";
import { GeneratedSecret } from "../../modules/generated-secret";
import { MachineImage } from "../../modules/machine-image";
import { Network } from "../../modules/network";
import { StoredSecret } from "../../modules/stored-secret";
import { TargetGroup } from "../../modules/target-group";
import type { Dashboard, Environment, SystemFile } from "../config";
import { dashboardServices } from "../core/dashboard-services";
import { bakedImage, imageName } from "../core/image-catalogue";
import { accessLogsOf } from "./access-logs";
import { type DatabaseSite, operatorsBastion } from "./dashboard-bastion";
import { bootOf, launchHook, type SwarmSite, statementsOf, swarmPorts, terminationHook } from "./dashboard-machines";
import { keepSafe } from "./data";
import { placeEntrance } from "./entrance";
import { layFoundation, systemTags } from "./foundation";
import { logKeyOf, onCallOf, watchOver } from "./observation";

const { port, healthPath } = dashboardServices;
const { name: databaseName, administrator, user: applicationUser } = dashboardServices.database;

/** Two services on Docker Swarm: machines that deploy what stands in Git, behind a load balancer, beside PostgreSQL. */
export class DashboardStack extends TerraformStack {
  /** @param loaders files of `systems/dashboard/database`, for the bastion */
  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    system: Dashboard,
    loaders: readonly SystemFile[],
  ) {
    super(scope, id);
    const { region } = system;
    const { onRemoval } = environment;
    const name = `dashboard-${environment.name}`;
    const tags = { ...environment.tags, ...systemTags(environment, "dashboard") };
    layFoundation(this, { ...environment, region }, "dashboard");

    // What exists.
    const network = new Network(this, "network", { name, region, onRemoval, ...system.network });
    const { accessLogDays, ...options } = system.entrance;
    const accessLogs = accessLogsOf(this, name, accessLogDays, onRemoval);
    const entry = placeEntrance(this, "entrance", options, {
      ...{ name, system: "dashboard", region, environment, network, accessLogs },
    });
    const { balancer: entrance } = entry;
    const services = new TargetGroup(this, "services", {
      ...{ name, vpcId: network.vpcId, vpcCidr: network.cidr, port },
      health: { path: healthPath },
      listener: { arn: entrance.listenerArn },
    });
    const application = new GeneratedSecret(this, "application-account", {
      name,
      description: `Account of the services in the database of ${name}`,
      username: applicationUser,
      version: system.database.secretVersion,
      onRemoval,
    });
    const clustered = system.machines.mode === "cluster";
    const join = clustered
      ? new StoredSecret(this, "swarm", {
          ...{ name, onRemoval },
          description: `How a machine joins the swarm of ${name}. The machines write it themselves`,
        })
      : undefined;
    const { secretVersion: _, class: instanceClass, ...rds } = system.database;
    const database = new Database(this, "database", {
      ...{ name, placement: network.private, engine: "postgres", instanceClass, databaseName, user: administrator },
      ...rds,
      onRemoval,
    });
    const site: SwarmSite = {
      ...{ name, region, system, databaseName },
      databaseHost: database.host,
      databasePort: database.port,
      databaseSecretArn: application.arn,
      joinSecretArn: join?.arn,
    };
    const { role } = system.machines.image;
    const machines = new Fleet(this, "machines", {
      name,
      placement: system.network.nat === "none" ? network.public : network.private,
      image: new MachineImage(this, "machine-image", {
        ...{ name: imageName(role), owner: "self", architecture: bakedImage(role).architecture },
      }),
      instanceType: system.machines.type,
      min: system.machines.count,
      desired: system.machines.count,
      max: system.machines.count,
      volumeGib: system.machines.volumeGib,
      publicAddress: system.network.nat === "none",
      userData: (facts) => bootOf(site, facts),
      statements: (facts) => statementsOf(site, facts),
      ports: port,
      targetGroups: [services.arn],
      // A service that fails is no reason to end the managers of the cluster it runs on.
      healthCheckedBy: clustered ? "machine" : "load-balancer",
      launchHook,
      terminationHook: clustered ? terminationHook : undefined,
      tags: { ...tags, "slipway:swarm": name },
      onRemoval,
    });

    // Who talks to whom.
    entry.open();
    machines.connections.allowFrom(entrance, "requests of visitors");
    if (clustered) machines.connections.allowAmong(swarmPorts, "Docker Swarm");
    machines.connections.allowToInternet("Git, image registries and AWS APIs");
    database.connections.allowFrom(machines, "queries of the services");

    // Who watches what.
    const whereabouts = { name, region, onRemoval };
    const topicArn = onCallOf(this, whereabouts, system)?.alarmTopicArn;
    const copies = keepSafe(this, whereabouts, system);
    watchOver(this, {
      ...{ ...whereabouts, topicArn, emails: system.alarms?.emails, dashboard: system.cloudwatchDashboard },
      watched: { ...entry.watched, services: services.behind(entrance), machines, database, network, ...copies },
    });
    logKeyOf(this, whereabouts, system);

    if (system.bastion) {
      const loaded: DatabaseSite = { name, region, network, database, application, loaders, tags };
      operatorsBastion(this, "bastion", system, loaded);
    }
    this.output({
      url: `${entry.url}/`,
      database_host: database.host,
      database_secret_arn: database.secretArn,
      application_secret_arn: application.arn,
      ...(accessLogs && { access_log_bucket: accessLogs.bucket }),
      machines_command: `aws ec2 describe-instances --region ${region} --filters Name=tag:slipway:swarm,Values=${name} Name=instance-state-name,Values=running --query 'Reservations[].Instances[].InstanceId' --output text`,
    });
  }

  private output(values: Record<string, string>): void {
    for (const [key, value] of Object.entries(values)) new TerraformOutput(this, key, { value });
  }
}
