import type { ITerraformDependable, TerraformResource, TerraformStack } from "cdktf";
import type { BalancedServiceProps, DirectServiceProps } from "../../modules/container-service";
import type { Fleet } from "../../modules/fleet";
import { GeneratedSecret } from "../../modules/generated-secret";
import type { FlatNetwork } from "../../modules/network";
import type { Environment, WordpressMysql } from "../config";
import { accept } from "../core/accept";
import type { ZonedPlacement } from "../core/placement";
import { containerPorts, type Ports } from "../core/ports";
import type { Watchable } from "../core/watched/watched";
import { officialKeys } from "../core/wordpress-variables";
import { accessLogsOf } from "./access-logs";
import { placeEntrance } from "./entrance";

type Secrets = WordpressMysql["service"]["secrets"];

/** How visitors get to WordPress, and what follows from it. */
export interface WayIn {
  /** Where the machines stand. */
  readonly placement: ZonedPlacement;
  /** What they listen on. */
  readonly ports: Ports;
  /** What the service is told about it. */
  readonly service:
    | Pick<DirectServiceProps, "hostPort">
    | Pick<BalancedServiceProps, "vpcId" | "listener" | "route" | "health" | "scaling" | "count">;
  /** What the tasks need to be alike, beside what the description gives them. */
  readonly secrets: Secrets;
  /** What must be there before the first task starts. */
  readonly ready: readonly ITerraformDependable[];
  /** What of it can fail, by fixed words. */
  readonly watched: Readonly<Record<string, Watchable>>;
  /** Lets visitors in. */
  open(machines: Fleet): void;
  outputs(machines: Fleet): Record<string, string>;
}

interface Site {
  readonly name: string;
  readonly environment: Environment;
  readonly system: WordpressMysql;
  readonly network: FlatNetwork;
}

/** The way that the description chooses. */
export function wayIn(stack: TerraformStack, site: Site): WayIn {
  const { entrance } = site.system;
  return entrance ? byEntrance(stack, site, entrance) : direct(site);
}

/** One subnet with public machines is what the system's document asks for; the policy would have neither. */
function direct({ system: { region, machines: size, service }, network }: Site): WayIn {
  return {
    placement: network.placement,
    ports: service.hostPort,
    service: { hostPort: service.hostPort },
    secrets: {},
    ready: [],
    watched: {},
    open: (machines) => {
      const visitors = machines.connections.allowFromInternet("visitors");
      accept(visitors, "X-19", "this system has no load balancer: visitors reach the machines on this one port");
      if (size.max > 1) acceptOneZone(machines);
    },
    outputs: ({ autoScalingGroupName: group }) => ({
      // The address is the machine's, and another machine has another.
      address_command: `aws ec2 describe-instances --region ${region} --filters Name=tag:aws:autoscaling:groupName,Values=${group} Name=instance-state-name,Values=running --query 'Reservations[].Instances[].PublicDnsName' --output text`,
    }),
  };
}

/**
 * A load balancer in two zones or more, and tasks on ports that Docker chooses. Beside RDS and Aurora the machines stand in all these
 * zones. A database machine is in one, and would be of no use to machines that outlive it: they stay in its subnet, the only one
 * that its account is for.
 */
function byEntrance(
  stack: TerraformStack,
  { name, environment, system, network }: Site,
  { accessLogDays, ...options }: NonNullable<WordpressMysql["entrance"]>,
): WayIn {
  const { region, database, machines: size, service } = system;
  const accessLogs = accessLogsOf(stack, name, accessLogDays, environment.onRemoval);
  const { balancer, url, distribution, watched, open } = placeEntrance(stack, "entrance", options, {
    ...{ name, system: "wordpress-mysql", region, environment, network: network.web!, accessLogs },
  });
  const keys = signingKeys(stack, name, environment, service.secrets);
  const oneZone = "machine" in database;
  const { health, scaling, count } = service;
  return {
    placement: oneZone ? network.placement : network.web!.public,
    ports: containerPorts,
    service: {
      ...{ vpcId: network.vpcId, health, scaling, count },
      listener: { arn: balancer.listenerArn, loadBalancerArnSuffix: balancer.arnSuffix },
      route: { path: "/*", priority: 100 },
    },
    ...keys,
    watched,
    open: (machines) => {
      open();
      machines.connections.allowFrom(balancer, "requests and health checks");
      if (oneZone && size.max > 1) acceptOneZone(machines);
    },
    outputs: () => ({
      url: `${url}/`,
      ...(distribution && { invalidate_command: distribution.invalidateCommand }),
      ...(accessLogs && { access_log_bucket: accessLogs.bucket }),
    }),
  };
}

/** Every task must sign cookies alike, or a visitor is logged out by the next one. Keys of the description come first. */
function signingKeys(
  stack: TerraformStack,
  name: string,
  { onRemoval }: Environment,
  given: Secrets,
): Pick<WayIn, "secrets" | "ready"> {
  const missing = Object.entries(officialKeys).filter(([variable]) => !Object.hasOwn(given, variable));
  if (missing.length === 0) return { secrets: {}, ready: [] };
  const { arn, value } = new GeneratedSecret(stack, "signing-keys", {
    ...{ name, onRemoval, username: "wordpress", further: Object.values(officialKeys) },
    description: "Keys that sign the cookies of WordPress; others log everybody out",
  });
  return { secrets: Object.fromEntries(missing.map(([variable, key]) => [variable, { arn, key }])), ready: [value] };
}

function acceptOneZone(machines: Fleet): void {
  const group = machines.node.findChild("group") as TerraformResource;
  accept(group, "ASG-04", "this system has one subnet, hence one zone: RDS and Aurora with an entrance have several");
}
