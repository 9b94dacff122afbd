import type { OnRemoval } from "../../src/core/removal";

export interface ContainerClusterProps {
  /** Name of the cluster in AWS: up to 255 letters, digits, dashes and underscores. */
  readonly name: string;
  /**
   * Container Insights: metrics per service and task, or per container too (`enhanced`). Billed per metric.
   * @default "on"
   */
  readonly insights?: "off" | "on" | "enhanced";
  /**
   * Days for which the commands and output of ECS Exec sessions are kept.
   * @default 365
   */
  readonly execLogDays?: number;
  /**
   * What happens to the record of Exec sessions when the cluster goes; the cluster itself holds no data.
   * @default "keep" - it stays in CloudWatch
   */
  readonly onRemoval?: OnRemoval;
}

/** Machines that a cluster can use: a fleet whose size ECS manages. */
export interface Capacity {
  readonly autoScalingGroupArn: string;
  /** Plain text that changes when the group is made anew. */
  readonly generation: string;
  readonly sizeManagedBy: "us" | "ecs";
}

export interface CapacityOptions {
  /**
   * How full ECS keeps the machines, in percent. Less than 100 keeps some free for tasks that must start at once.
   * @default 100
   */
  readonly targetPercent?: number;
}
