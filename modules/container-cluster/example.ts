import type { TerraformStack } from "cdktf";
import { ContainerCluster } from ".";

/** A cluster, and the machines of an Auto Scaling group that ECS may grow and shrink. */
export function example(stack: TerraformStack) {
  const cluster = new ContainerCluster(stack, "cluster", { name: "wordpress-dev", onRemoval: "destroy" });

  cluster.addCapacity("machines", {
    autoScalingGroupArn:
      "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:6f1f0f7e-0b51-4b3a-9a36-0d3d5f0a5c11:autoScalingGroupName/wordpress-dev-machines-3f9a1c",
    generation: "wordpress-dev-machines-3f9a1c",
    sizeManagedBy: "ecs",
  });
}
