import type { FleetFacts } from "../../modules/fleet";
import type { Statement } from "../../modules/machine-role";
import type { Dashboard } from "../config";
import { cloudConfig } from "../core/cloud-config";
import { dashboardServices } from "../core/dashboard-services";
import { ecrRepository } from "../core/ecr";
import type { ProtocolPorts } from "../core/protocol-ports";

/** What a machine of the swarm has to know. */
export interface SwarmSite {
  readonly name: string;
  readonly region: string;
  readonly system: Dashboard;
  readonly databaseHost: string;
  readonly databasePort: number;
  readonly databaseName: string;
  readonly databaseSecretArn: string;
  /** Where machines leave for each other how to join; none where each stands for itself. */
  readonly joinSecretArn: string | undefined;
}

/**
 * What machines of one swarm say to each other: orders to managers, gossip, and the network of the containers.
 * @see https://docs.docker.com/engine/swarm/swarm-tutorial/#open-protocols-and-ports-between-the-hosts
 */
export const swarmPorts: readonly ProtocolPorts[] = ["2377/tcp", "7946/tcp", "7946/udp", "4789/udp"];

/** A machine is in service when it is in its swarm: one that never is goes again, and a refresh takes no further one. */
export const launchHook = { name: "join-swarm", timeoutSeconds: 900 };

/** A machine that ends hands its tasks over first, and leaves the swarm. */
export const terminationHook = { name: "leave-swarm", timeoutSeconds: 300 };

/** The image holds the programs, and nothing about the cluster: this is what tells them where they are. */
export function bootOf({ system, joinSecretArn, name, ...site }: SwarmSite, facts: FleetFacts): string {
  const { mode, count, overlayRange } = system.machines;
  const { stackFile, ...repository } = system.repository;
  const cluster = joinSecretArn && {
    ...{ cluster: name, managers: count, joinSecretArn },
    terminationHook: terminationHook.name,
  };
  const json = {
    ...{ mode, ...cluster, ...site, overlayRange, repository, stackFile, namespace: system.namespace },
    registrySecretArn: system.registry?.secretArn,
    ...{ autoScalingGroup: facts.autoScalingGroupName, launchHook: launchHook.name },
  };
  return cloudConfig([{ path: "/etc/slipway/dashboard.json", json }]);
}

/** What a machine may do in AWS: read its password, pull images, and where it is one of several, find, join and leave the others. */
export function statementsOf(
  { name, region, system, databaseSecretArn, joinSecretArn }: SwarmSite,
  { autoScalingGroupName }: FleetFacts,
): Statement[] {
  const always: Statement[] = [
    { actions: ["secretsmanager:GetSecretValue"], resources: [databaseSecretArn] },
    {
      actions: ["autoscaling:CompleteLifecycleAction"],
      resources: [`arn:*:autoscaling:${region}:*:autoScalingGroup:*:autoScalingGroupName/${autoScalingGroupName}`],
    },
  ];
  const common = [...always, ...pullStatements(system, region)];
  if (!joinSecretArn) return common;
  return [
    ...common,
    { actions: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"], resources: [joinSecretArn] },
    // EC2 lets nobody look at single machines.
    {
      actions: ["ec2:DescribeInstances"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      actions: ["ec2:CreateTags"],
      resources: [`arn:*:ec2:${region}:*:instance/*`],
      conditions: {
        StringEquals: { "aws:ResourceTag/slipway:swarm": name },
        "ForAllValues:StringEquals": { "aws:TagKeys": "slipway:swarm-member" },
      },
    },
  ];
}

/** What it takes to log in to a private registry: both images of ECR, or the secret with an account. */
function pullStatements({ namespace = "", registry }: Dashboard, region: string): Statement[] {
  const repositories = dashboardServices.images.flatMap((image) => ecrRepository(`${namespace}/${image}`)?.arn ?? []);
  if (repositories.length > 0) {
    return [
      // AWS knows no narrower resource for it.
      { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
      {
        actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        resources: repositories,
      },
    ];
  }
  if (!registry) return [];
  const { secretArn, kmsKeyArn } = registry;
  // The key opens nothing but secrets, and only by way of Secrets Manager.
  const conditions = { StringLike: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com*` } };
  return [
    { actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] },
    ...(kmsKeyArn ? [{ actions: ["kms:Decrypt"], resources: [kmsKeyArn], conditions }] : []),
  ];
}
