import type { Wordpress, WordpressService } from "../config";
import { pulled } from "../core/ecr";
import { planListenerRules } from "../core/listener-rules";
import { watchedService } from "../core/watched/services";
import { onlyShown, type Watchable } from "../core/watched/watched";
import { ownConnection, ownEncryption, ownSecrets } from "../core/wordpress-variables";
import { isTag, type PlatformValues } from "./wordpress-exchange";

/** Value of the platform, by key; known when Terraform plans. */
export type Platform = (key: keyof PlatformValues & string) => string;
type Secrets = WordpressService["secrets"];

/** The image of a service and, where it is in ECR, the repository that may be pulled from. */
export function imageOf(image: string, platform: Platform): { image: string; repositoryArn?: string } {
  if (isTag(image)) {
    return { image: `${platform("registry-url")}:${image}`, repositoryArn: platform("registry-arn") };
  }
  return pulled(image);
}

/** Variables of a service: what it needs to reach its database, under the names that the image reads, and its own. */
export function variablesOf({ database, environment }: WordpressService, platform: Platform): Record<string, string> {
  return {
    ...(database && {
      ...ownConnection({
        ...{ host: platform("database-host"), port: platform("database-port") },
        ...{ name: platform("database-name"), user: platform("database-user") },
      }),
      [ownEncryption]: "required",
    }),
    ...environment,
  };
}

/**
 * Where a service's tasks find what nobody may read, by variable. The salt signs cookies: apart from the password, so that its
 * rotation logs nobody out.
 */
export function secretsOf({ database, secrets }: WordpressService, platform: Platform): Secrets {
  return {
    ...(database && {
      [ownSecrets.password]: { arn: platform("database-secret-arn"), key: "password" },
      [ownSecrets.salt]: { arn: platform("salt-secret-arn"), key: "password" },
    }),
    ...secrets,
  };
}

/** In the order of the variables: an ARN may be a reference, which has no order that lasts. */
export function arnsOf(secrets: Secrets): string[] {
  return Object.keys(secrets)
    .sort()
    .map((variable) => secrets[variable]!.arn);
}

/** Priority of each service's listener rule. Services meet others only on the load balancer that they share. */
export function rulePriorities(services: Wordpress["services"]): Record<string, number> {
  const byLoadBalancer: Record<string, Record<string, WordpressService["route"]>> = {};
  for (const [name, { loadBalancer, route }] of Object.entries(services)) {
    byLoadBalancer[loadBalancer] ??= {};
    byLoadBalancer[loadBalancer][name] = route;
  }
  return Object.assign({}, ...Object.values(byLoadBalancer).map((routes) => planListenerRules(routes).priorities));
}

/** The services, which are a stack of their own and watched there: their names are known, so that one page shows everything. */
export function shownServices(
  { services, cluster: { insights } }: Wordpress,
  cluster: string,
): Record<string, Watchable> {
  const watched = Object.entries(services).map(([key, { cpu }]) => {
    const service = `${cluster}-${key}`;
    return [service, { watched: onlyShown(watchedService({ cluster, service, cpu, counted: insights !== "off" })) }];
  });
  return Object.fromEntries(watched);
}
