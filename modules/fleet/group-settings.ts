import type { FleetProps } from "./fleet-props";

/** How a new version of the template reaches the machines that run. */
export function refreshOf({ refresh = {}, sizeManagedBy }: FleetProps) {
  const { minHealthyPercent = 100, maxHealthyPercent = 110, warmupSeconds = 120 } = refresh;
  return {
    defaultInstanceWarmup: warmupSeconds,
    instanceRefresh: {
      strategy: "Rolling",
      preferences: {
        minHealthyPercentage: minHealthyPercent,
        maxHealthyPercentage: maxHealthyPercent,
        instanceWarmup: `${warmupSeconds}`,
        autoRollback: true,
        skipMatching: true,
        // ECS protects every machine from scale-in, and drains one that a refresh replaces: without "Refresh" no image
        // would ever roll out. Where ECS does not, somebody protected the machine by hand: wait, and fail aloud.
        scaleInProtectedInstances: sizeManagedBy === "ecs" ? "Refresh" : "Wait",
      },
    },
  };
}

/** Who says that a machine is ill: the load balancers that know it, or EC2, which sees only whether it runs. */
export function balancingOf({ targetGroups = [], healthCheckedBy = "load-balancer" }: FleetProps) {
  if (targetGroups.length === 0) return { healthCheckType: "EC2" };
  return { healthCheckType: healthCheckedBy === "machine" ? "EC2" : "ELB", targetGroupArns: [...targetGroups] };
}

/** How many machines there are, and how many there should be. AWS counts every minute, and for nothing. */
export const counted = {
  enabledMetrics: ["GroupDesiredCapacity", "GroupInServiceInstances"],
  metricsGranularity: "1Minute",
};

/** What others change, or what is looked after elsewhere. */
export function ignoredOf({ sizeManagedBy, launchHook }: FleetProps) {
  const ignoreChanges = [
    ...(sizeManagedBy === "ecs" ? ["desired_capacity"] : []),
    ...(launchHook ? ["initial_lifecycle_hook"] : []),
  ];
  return ignoreChanges.length > 0 ? { ignoreChanges } : {};
}

/** Plain text only: the provider disagrees with itself over group tags that are known only after apply. */
export function groupTags(tags: Record<string, string>, sizeManagedBy: "us" | "ecs") {
  // ECS adds its mark to a group it manages; undeclared, each apply would take it away.
  const all = sizeManagedBy === "ecs" ? { ...tags, AmazonECSManaged: "true" } : tags;
  return Object.entries(all).map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
}
