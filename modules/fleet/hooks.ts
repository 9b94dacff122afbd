import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import type { Construct } from "constructs";
import type { FleetProps, LifecycleHook } from "./fleet-props";

/** How long an apply waits for the first machines, where nothing holds them back. */
const patienceSeconds = 600;

type Hooks = Pick<FleetProps, "launchHook" | "terminationHook">;

/** A machine that does not say in time that it is in service never comes into service: AWS ends it. */
const launching = ({ name, timeoutSeconds }: LifecycleHook) => ({
  name,
  lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
  heartbeatTimeout: timeoutSeconds,
  defaultResult: "ABANDON",
});

/** What the group itself has of its hooks: the first machines start before there can be a hook beside it. */
export function firstMachines({ launchHook }: Hooks) {
  if (!launchHook) return { waitForCapacityTimeout: "10m" };
  return {
    initialLifecycleHook: [launching(launchHook)],
    // An apply counts machines that are in service.
    waitForCapacityTimeout: `${patienceSeconds + launchHook.timeoutSeconds}s`,
  };
}

/**
 * The hooks of a group as resources of their own, which an apply can change. The one that the group was made with has the same
 * name, so that it is the same hook; for a change of it there, the provider would make the group anew.
 */
export function addHooks(fleet: Construct, autoscalingGroupName: string, { launchHook, terminationHook }: Hooks): void {
  if (launchHook) {
    // AWS puts a hook in the place of the one of that name.
    new AutoscalingLifecycleHook(fleet, "launch-hook", { autoscalingGroupName, ...launching(launchHook) });
  }
  if (terminationHook) {
    new AutoscalingLifecycleHook(fleet, "termination-hook", {
      name: terminationHook.name,
      autoscalingGroupName,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: terminationHook.timeoutSeconds,
      defaultResult: "CONTINUE",
    });
  }
}
