import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ContainerService } from "../../modules/container-service";
import { Subscription } from "../../modules/exchange";
import { Redeployment } from "../../modules/redeployment";
import type { Environment, Wordpress, WordpressService } from "../config";
import { planListenerRules } from "../core/listener-rules";
import { layFoundation } from "./foundation";
import { isTag, type PlatformValues, wordpressExchange } from "./wordpress-exchange";

/** Value of the platform, by key; known when Terraform plans. */
type Platform = (key: keyof PlatformValues & string) => string;

/** The containers of an environment: one ECS service per entry of the description, on the platform of the same name. */
export class WordpressServiceStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment, system: Wordpress) {
    super(scope, id);
    layFoundation(this, environment, "wordpress");
    const subscription = new Subscription(this, "platform", wordpressExchange(environment.name));
    const platform: Platform = (key) => subscription.value(key);
    const services = new Construct(this, "services");
    const redeployments = new Construct(this, "redeployments");
    const priorities = rulePriorities(system.services);

    for (const [name, service] of Object.entries(system.services)) {
      const { image, loadBalancer, database, environment: variables, route, redeployOnRotation, ...options } = service;
      const fullName = `wordpress-${environment.name}-${name}`;
      const secrets = secretsOf(service, platform);
      const { name: serviceName } = new ContainerService(services, name, {
        ...options,
        name: fullName,
        region: environment.region,
        onRemoval: environment.onRemoval,
        cluster: {
          arn: platform("cluster-arn"),
          name: platform("cluster-name"),
          execLogGroupArn: platform("exec-log-group-arn"),
          capacityProvider: platform("capacity-provider"),
        },
        vpcId: platform("vpc-id"),
        listener: {
          arn: platform(`${loadBalancer}-listener-arn`),
          loadBalancerArnSuffix: platform(`${loadBalancer}-load-balancer`),
        },
        route: { ...route, priority: priorities[name]! },
        image: isTag(image) ? `${platform("registry-url")}:${image}` : image,
        repositoryArn: platform("registry-arn"),
        environment: { ...(database && connectionVariables(platform)), ...variables },
        secrets,
      });

      // RDS rotates the database's password every seven days.
      if (redeployOnRotation && Object.keys(secrets).length > 0) {
        new Redeployment(redeployments, name, {
          name: fullName,
          region: environment.region,
          secretArns: arnsOf(secrets),
          cluster: { arn: platform("cluster-arn") },
          service: { name: serviceName },
        });
      }
    }
    new TerraformOutput(this, "service_names", { value: Object.keys(system.services) });
  }
}

/** What the image needs to reach its database, under the names that it reads at start. The password comes as a secret. */
function connectionVariables(platform: Platform): Record<string, string> {
  return {
    WORDPRESS_DB_HOST: platform("database-host"),
    WORDPRESS_DB_PORT: platform("database-port"),
    WORDPRESS_DB_DATABASE: platform("database-name"),
    WORDPRESS_DB_USER: platform("database-user"),
    WORDPRESS_DB_TLS: "required",
  };
}

type Secrets = WordpressService["secrets"];

/** Where a service's tasks find what nobody may read, by variable. */
function secretsOf({ database, secrets }: WordpressService, platform: Platform): Secrets {
  return {
    ...(database && { WORDPRESS_DB_PASSWORD: { arn: platform("database-secret-arn"), key: "password" } }),
    ...secrets,
  };
}

/** In the order of the variables: an ARN may be a reference, which has no order that lasts. */
function arnsOf(secrets: Secrets): string[] {
  return Object.keys(secrets)
    .sort()
    .map((variable) => secrets[variable]!.arn);
}

/** Priority of each service's listener rule. Services meet others only on the load balancer that they share. */
function rulePriorities(services: Wordpress["services"]): Record<string, number> {
  const byLoadBalancer: Record<string, Record<string, WordpressService["route"]>> = {};
  for (const [name, { loadBalancer, route }] of Object.entries(services)) {
    byLoadBalancer[loadBalancer] ??= {};
    byLoadBalancer[loadBalancer][name] = route;
  }
  return Object.assign({}, ...Object.values(byLoadBalancer).map((routes) => planListenerRules(routes).priorities));
}
