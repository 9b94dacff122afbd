import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ContainerService } from "../../modules/container-service";
import { Subscription } from "../../modules/exchange";
import { AccessPoint } from "../../modules/file-system";
import { Redeployment } from "../../modules/redeployment";
import type { Environment, Wordpress } from "../config";
import { eachAs, together, type Watchable } from "../core/watched/watched";
import { layFoundation } from "./foundation";
import { encryptLogs, watchOver } from "./observation";
import { wordpressExchange } from "./wordpress-exchange";
import { webServer } from "./wordpress-files";
import { arnsOf, imageOf, type Platform, rulePriorities, secretsOf, variablesOf } from "./wordpress-wiring";

/** The containers of an environment: one ECS service per entry of the description, on the platform of the same name. */
export class WordpressServiceStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment, system: Wordpress) {
    super(scope, id);
    layFoundation(this, environment, "wordpress");
    const { region, onRemoval } = environment;
    const subscription = new Subscription(this, "platform", wordpressExchange(environment.name));
    const platform: Platform = (key) => subscription.value(key);
    const services = new Construct(this, "services");
    const redeployments = new Construct(this, "redeployments");
    const accessPoints = new Construct(this, "access-points");
    const priorities = rulePriorities(system.services);
    const watched: Record<string, Watchable> = {};

    for (const [key, service] of Object.entries(system.services)) {
      const { image, loadBalancer, database: _, route, redeployOnRotation, files, ...options } = service;
      const name = `wordpress-${environment.name}-${key}`;
      const cluster = {
        arn: platform("cluster-arn"),
        name: platform("cluster-name"),
        execLogGroupArn: platform("exec-log-group-arn"),
        capacityProvider: platform("capacity-provider"),
        counted: system.cluster.insights !== "off",
      };
      const listener = {
        arn: platform(`${loadBalancer}-listener-arn`),
        loadBalancerArnSuffix: platform(`${loadBalancer}-load-balancer`),
      };
      const secrets = secretsOf(service, platform);
      const running = new ContainerService(services, key, {
        ...options,
        ...{ name, region, onRemoval, cluster, listener, secrets },
        ...imageOf(image, platform),
        vpcId: platform("vpc-id"),
        output: system.logSearch ? "forwarder" : "cloudwatch",
        route: { ...route, priority: priorities[key]! },
        environment: variablesOf(service, platform),
        files: files && { ...files, ...this.folderOf(accessPoints, key, name, platform) },
      });
      watched[key] = running;

      // RDS rotates the database's password every seven days.
      if (redeployOnRotation && Object.keys(secrets).length > 0) {
        const secretArns = arnsOf(secrets);
        const rotation = new Redeployment(redeployments, key, {
          ...{ name, region, secretArns, cluster, service: { name: running.name } },
        });
        watched[key] = { watched: together(running.watched, eachAs("rotation", rotation.watched)) };
      }
    }

    if (system.logKey === "own") encryptLogs(this, platform("log-key-arn"));
    // The page that shows everything is the platform's.
    const topicArn = system.alarms && platform("alarm-topic-arn");
    watchOver(this, {
      ...{ name: `wordpress-${environment.name}`, region, onRemoval, topicArn, emails: system.alarms?.emails },
      ...{ dashboard: false, watched },
    });
    new TerraformOutput(this, "service_names", { value: Object.keys(system.services) });
  }

  /** A folder per service: none sees the files of another. */
  private folderOf(scope: Construct, key: string, name: string, platform: Platform) {
    const fileSystem = { fileSystemId: platform("files-id"), arn: platform("files-arn") };
    const { fileSystemId } = fileSystem;
    const accessPoint = new AccessPoint(scope, key, { name, fileSystemId, folder: `/${key}`, owner: webServer });
    return { fileSystem, accessPoint };
  }
}
