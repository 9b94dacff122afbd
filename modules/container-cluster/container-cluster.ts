import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCapacityProvider } from "@cdktf/provider-aws/lib/ecs-capacity-provider";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Fn, type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { checkCapacity, checkCluster } from "./cluster-check";
import type { Capacity, CapacityOptions, ContainerClusterProps } from "./cluster-props";
import { joinScript } from "./join-script";
import { type MachineStatement, statementsToJoin } from "./machine-statements";

const insightsSetting = { off: "disabled", on: "enabled", enhanced: "enhanced" };

/**
 * An ECS cluster. It has machines after `addCapacity`; give them `joinScript` and `machineStatements`.
 *
 * Capacity is taken away in two steps. AWS lets go of a capacity provider only when none of its tasks runs, and Terraform
 * gives up after 20 minutes. First add the new fleet beside the old one and apply, then move every service to its provider.
 * When the old machines are empty, remove the old fleet and its `addCapacity`, and apply again. A change that would give a
 * fleet another `generation` is made in the same two steps.
 */
export class ContainerCluster extends Construct {
  readonly arn: string;
  /** Plain text, known before apply. */
  readonly name: string;
  /** User data with which a machine of AWS's ECS-optimized Amazon Linux joins. */
  readonly joinScript: string;
  /** What a machine must be allowed, to join this cluster and no other. */
  readonly machineStatements: readonly MachineStatement[];
  /**
   * Ties the capacity providers to the cluster. What starts tasks in the same stack depends on it: a service that names a
   * provider which the cluster does not have yet is refused.
   */
  readonly association: ITerraformDependable;
  /** Where ECS Exec sessions are recorded. The role of a task that can be entered must be allowed to write to it. */
  readonly execLogGroupArn: string;
  private readonly providerNames: string[] = [];

  constructor(scope: Construct, id: string, props: ContainerClusterProps) {
    super(scope, id);
    const { name, insights = "on", execLogDays = 365, onRemoval = "keep" } = props;
    checkCluster(this, name, execLogDays);

    const execLog = new CloudwatchLogGroup(this, "exec-log", {
      name: `/slipway/${name}/exec`,
      retentionInDays: execLogDays,
      skipDestroy: onRemoval === "keep",
    });
    const cluster = new EcsCluster(this, "cluster", {
      name,
      setting: [{ name: "containerInsights", value: insightsSetting[insights] }],
      configuration: {
        executeCommandConfiguration: {
          logging: "OVERRIDE",
          logConfiguration: { cloudWatchLogGroupName: execLog.name },
        },
      },
    });
    // A resource of its own: within the cluster, cluster and machines could each only be destroyed after the other.
    this.association = new EcsClusterCapacityProviders(this, "association", {
      clusterName: cluster.name,
      capacityProviders: Lazy.listValue({ produce: () => this.providerNames }),
    });
    this.execLogGroupArn = execLog.arn;
    this.name = name;
    this.arn = cluster.arn;
    this.joinScript = joinScript(name);
    this.machineStatements = statementsToJoin(this, cluster.arn, name);
  }

  /** Role with which ECS itself works in this account. ECS makes it along with the account's first cluster. */
  get serviceRoleArn(): string {
    const part = (index: number) => Fn.element(Fn.split(":", this.arn), index);
    return `arn:${part(1)}:iam::${part(4)}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`;
  }

  /**
   * Lets tasks run on the machines of a fleet, and ECS decide how many there are: more when tasks find no room, fewer when
   * machines are empty. Gives the name of the capacity provider, for the strategy of a service.
   */
  addCapacity(id: string, fleet: Capacity, { targetPercent = 100 }: CapacityOptions = {}): string {
    checkCapacity(this, fleet, targetPercent);
    const provider = new EcsCapacityProvider(this, `capacity-${id}`, {
      // The group's name: a provider cannot change its group, so both are made anew together.
      name: fleet.generation,
      autoScalingGroupProvider: {
        autoScalingGroupArn: fleet.autoScalingGroupArn,
        managedScaling: { status: "ENABLED", targetCapacity: targetPercent, instanceWarmupPeriod: 120 },
        managedTerminationProtection: "ENABLED",
        managedDraining: "ENABLED",
      },
      lifecycle: { createBeforeDestroy: true },
    });
    this.providerNames.push(provider.name);
    return provider.name;
  }
}
