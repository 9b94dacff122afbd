import { Fn, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";

/** Something that machines may do in AWS, as the fleet takes it. */
export interface MachineStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * What the ECS agent needs to join this cluster, and no other.
 *
 * AWS's managed `AmazonEC2ContainerServiceforEC2Role` allows more, and all of it in every cluster of the account: making
 * clusters, pulling every image, writing every log. The agent pulls and logs with the execution role of each task, and
 * `UpdateContainerInstancesState` serves the draining of Spot machines, which a capacity provider does itself.
 */
export function statementsToJoin(scope: Construct, clusterArn: string, clusterName: string): MachineStatement[] {
  const machines = Fn.replace(clusterArn, `:cluster/${clusterName}`, ":container-instance/*");
  return [
    // Tells the agent the address to poll; knows no resources.
    { actions: ["ecs:DiscoverPollEndpoint"], resources: ["*"] },
    {
      actions: [
        "ecs:RegisterContainerInstance",
        "ecs:DeregisterContainerInstance",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitContainerStateChange",
        "ecs:SubmitTaskStateChange",
      ],
      resources: [clusterArn],
    },
    {
      actions: ["ecs:Poll", "ecs:StartTelemetrySession"],
      // By a local value: the quotes of the function itself would break the JSON of a policy for all who read it.
      resources: [new TerraformLocal(scope, "machine-arns", machines).asString],
      conditions: { ArnEquals: { "ecs:cluster": clusterArn } },
    },
  ];
}
