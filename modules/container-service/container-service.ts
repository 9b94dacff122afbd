import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Op, ref, type TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { watchedTargets } from "../../src/core/watched/load-balancers";
import { watchedService } from "../../src/core/watched/services";
import { together, type Watchable, type Watched } from "../../src/core/watched/watched";
import { checkSettings } from "./checks";
import { containerDefinitions, volumesOf } from "./container";
import { Entry } from "./entry";
import type { ScalingProps } from "./entry-props";
import type { ContainerServiceProps } from "./props";
import { Roles } from "./roles";
import { Scaling } from "./scaling";
import { type Settings, settle } from "./settings";

/**
 * Identical copies of one container on the machines of a cluster. An apply waits until the copies are healthy; if they do not
 * get so, ECS goes back to the previous ones and the apply fails.
 *
 * Behind a load balancer, requests come from it to ports 32768 to 65535 of the machines; without one, from everywhere to
 * `hostPort`. The machines' connections must allow it.
 */
export class ContainerService extends Construct implements Watchable {
  readonly name: string;
  /** Where the tasks register, behind a load balancer. */
  readonly targetGroupArn: string | undefined;
  /** ARN of the revision in use. Older revisions stay in AWS, so that a service can go back to them. */
  readonly taskDefinitionArn: string;
  readonly logGroupName: string;
  /** What there is to watch of the tasks, and of what a load balancer sees of them. Nothing where there are to be none. */
  readonly watched: Watched;
  /** Role of the application: attach policies to it. */
  readonly taskRoleName: string;

  constructor(scope: Construct, id: string, props: ContainerServiceProps) {
    super(scope, id);
    const settings = settle(props);
    checkSettings(this, settings);
    const { name, way, cluster, after } = settings;
    const balanced = "hostPort" in way ? undefined : way;

    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/ecs/${name}`,
      retentionInDays: settings.logDays,
      skipDestroy: settings.onRemoval === "keep",
    });
    const roles = new Roles(this, "roles", { ...settings, logGroupArn: logs.arn });
    const task = new EcsTaskDefinition(this, "task", {
      family: name,
      networkMode: "bridge",
      requiresCompatibilities: ["EC2"],
      executionRoleArn: roles.executionRoleArn,
      taskRoleArn: roles.taskRoleArn,
      containerDefinitions: containerDefinitions(settings, logs.name),
      volume: volumesOf(settings),
      // The revision before is what a deployment that fails goes back to.
      skipDestroy: true,
    });
    const entry = balanced && new Entry(this, "entry", { ...settings, ...balanced });
    const service = new EcsService(this, "service", {
      ...serviceOf(settings),
      taskDefinition: task.arn,
      loadBalancer: entry && [{ targetGroupArn: entry.targets.arn, containerName: name, containerPort: settings.port }],
      lifecycle: lifecycleOf(balanced?.scaling, task),
      // Tasks cannot register in a group without a rule, nor start or be stopped without the roles' rights.
      dependsOn: [...(entry ? [entry.rule] : []), ...roles.policies, ...after],
    });
    if (entry && balanced?.scaling) {
      const { loadBalancerArnSuffix } = balanced.listener;
      const { targets } = entry;
      new Scaling(this, "scaling", {
        bounds: balanced.scaling,
        service,
        targets,
        clusterName: cluster.name,
        loadBalancerArnSuffix,
      });
    }

    this.watched = watchedOf(settings, service.name, entry?.targets.arnSuffix);
    this.name = name;
    this.targetGroupArn = entry?.targets.arn;
    this.taskDefinitionArn = task.arn;
    this.logGroupName = logs.name;
    this.taskRoleName = roles.taskRoleName;
  }
}

function watchedOf({ cluster, cpu, way, count }: Settings, service: string, targetGroup: string | undefined): Watched {
  if (count === 0) return { alarms: [], graphs: [] };
  const tasks = watchedService({ cluster: cluster.name, service, cpu, counted: cluster.counted ?? true });
  if (targetGroup === undefined || "hostPort" in way) return tasks;
  return together(tasks, watchedTargets(targetGroup, way.listener.loadBalancerArnSuffix));
}

function serviceOf({ name, cluster, count, way, exec, onRemoval }: Settings) {
  return {
    name,
    cluster: cluster.arn,
    // Said of every service: one that relies on the cluster's default is replaced when that changes. And a service can only
    // change its strategy with a new deployment.
    capacityProviderStrategy: [{ capacityProvider: cluster.capacityProvider, base: 0, weight: 1 }],
    forceNewDeployment: true,
    desiredCount: count,
    // First evenly over the zones, then on as few machines as possible.
    orderedPlacementStrategy: [
      { type: "spread", field: "attribute:ecs.availability-zone" },
      { type: "binpack", field: "memory" },
    ],
    ...("hostPort" in way ? oneAfterTheOther : oneBesideTheOther),
    deploymentCircuitBreaker: { enable: true, rollback: true },
    waitForSteadyState: true,
    healthCheckGracePeriodSeconds: "hostPort" in way ? undefined : way.health.graceSeconds,
    enableExecuteCommand: exec,
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
    forceDelete: onRemoval === "destroy",
  };
}

/** A new task is in service before an old one goes. */
const oneBesideTheOther = {
  availabilityZoneRebalancing: "ENABLED",
  deploymentMinimumHealthyPercent: 100,
  deploymentMaximumPercent: 200,
};

/** A port of a machine is free for a new task only when the old one is gone. AWS rebalances only where there is room. */
const oneAfterTheOther = {
  availabilityZoneRebalancing: "DISABLED",
  deploymentMinimumHealthyPercent: 0,
  deploymentMaximumPercent: 100,
};

function lifecycleOf(scaling: ScalingProps | undefined, task: EcsTaskDefinition): TerraformResourceLifecycle {
  return {
    // The scaling's number is the right one, from the first minute on.
    ...(scaling && { ignoreChanges: ["desired_count"] }),
    // To the provider, a service that went back to its previous revision is as steady as any.
    postcondition: [
      {
        condition: Op.eq(ref("self.task_definition"), task.arn),
        errorMessage: "The new tasks did not become healthy, and ECS went back to the previous ones.",
      },
    ],
  };
}
