import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import type { ScalingProps as Bounds } from "./entry-props";

export interface ScalingProps {
  readonly bounds: Bounds;
  readonly service: EcsService;
  readonly targets: LbTargetGroup;
  readonly clusterName: string;
  readonly loadBalancerArnSuffix: string;
}

/** Keeps averages near their targets: adds tasks within minutes, takes them away slowly. A schedule moves the bounds. */
export class Scaling extends Construct {
  constructor(scope: Construct, id: string, props: ScalingProps) {
    super(scope, id);
    const { bounds, service, targets, clusterName, loadBalancerArnSuffix } = props;
    // Made of attributes, so that each exists before the next refers to it.
    const { resourceId, scalableDimension, serviceNamespace } = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${clusterName}/${service.name}`,
      minCapacity: bounds.min,
      maxCapacity: bounds.max,
      // What the schedule wrote last is right.
      lifecycle: bounds.schedule && { ignoreChanges: ["min_capacity", "max_capacity"] },
    });
    const follow = (name: string, targetValue: number | undefined, metric: string, resourceLabel?: string) =>
      targetValue === undefined ||
      new AppautoscalingPolicy(this, name, {
        name,
        policyType: "TargetTrackingScaling",
        resourceId,
        scalableDimension,
        serviceNamespace,
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification: { predefinedMetricType: metric, resourceLabel },
          scaleOutCooldown: 60,
          scaleInCooldown: 300,
        },
      });
    follow("cpu", bounds.cpuPercent, "ECSServiceAverageCPUUtilization");
    follow("memory", bounds.memoryPercent, "ECSServiceAverageMemoryUtilization");
    for (const [name, { at: schedule, timeZone: timezone = "UTC", min, max }] of Object.entries(
      bounds.schedule ?? {},
    )) {
      new AppautoscalingScheduledAction(this, `at-${name}`, {
        ...{ name, schedule, timezone, resourceId, scalableDimension, serviceNamespace },
        scalableTargetAction: { minCapacity: `${min}`, maxCapacity: `${max}` },
      });
    }
    const label = `${loadBalancerArnSuffix}/${targets.arnSuffix}`;
    follow("requests", bounds.requestsPerTarget, "ALBRequestCountPerTarget", label);
  }
}
