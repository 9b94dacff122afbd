import type { IConstruct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { machineType, unknownTypeFix } from "../../src/core/machine-types";
import { userDataFault } from "../../src/core/user-data";
import { isWhole } from "../../src/core/whole";
import type { FleetFacts, FleetProps, LifecycleHook } from "./fleet-props";

/** Throws over the first prop that AWS, or the first boot, would refuse. */
export function checkFleet(at: IConstruct, props: FleetProps): void {
  const refuse = (prop: string, got: unknown, want: string, fix: string): never => {
    throw new InvalidProps(at, { prop, got, want, fix });
  };
  const { instanceType, min, desired, max, volumeGib = 30, healthCheckGraceSeconds = 300, refresh = {} } = props;
  const { minHealthyPercent = 100, maxHealthyPercent = 110, warmupSeconds = 120 } = refresh;

  if (!machineType(instanceType) && props.architecture === undefined) {
    refuse("instanceType", instanceType, "an EC2 instance type that Slipway knows", unknownTypeFix(instanceType));
  }
  if (!(isWhole(min, 0, max) && isWhole(max, 1, 5000) && isWhole(desired, min, max))) {
    const fix = "count whole machines, at least one at most; 0 as min lets the group be empty";
    refuse("min, desired, max", [min, desired, max], "in ascending order, each a whole number up to 5000", fix);
  }
  if (!isWhole(volumeGib, 8, 16_384)) {
    refuse("volumeGib", volumeGib, "a whole number from 8 to 16384", "give the size of the root volume in GiB");
  }
  if (!(isWhole(minHealthyPercent, 0, 100) && isWhole(maxHealthyPercent, 101, minHealthyPercent + 100))) {
    const fix = "AWS replaces machines only where the two leave room, and takes at most 100 between them";
    const want = "minHealthyPercent from 0 to 100, and maxHealthyPercent from 101 to that plus 100";
    refuse("refresh", { minHealthyPercent, maxHealthyPercent }, want, fix);
  }
  for (const [prop, seconds] of Object.entries({ "refresh.warmupSeconds": warmupSeconds, healthCheckGraceSeconds })) {
    if (!isWhole(seconds, 0, 7200)) refuse(prop, seconds, "whole seconds from 0 to 7200", "5 minutes are 300");
  }
  checkHook("launchHook", props.launchHook, refuse);
  checkHook("terminationHook", props.terminationHook, refuse);
  if (props.launchHook && props.launchHook.name === props.terminationHook?.name) {
    const fix = "AWS knows the hooks of a group by their names: give the second one its own";
    refuse("terminationHook.name", props.launchHook.name, "another name than launchHook's", fix);
  }
}

function checkHook(
  prop: "launchHook" | "terminationHook",
  hook: LifecycleHook | undefined,
  refuse: (prop: string, got: unknown, want: string, fix: string) => never,
): void {
  if (!hook) return;
  const { name, timeoutSeconds } = hook;
  if (!/^[A-Za-z0-9_/-]{1,255}$/.test(name)) {
    const want = "1 to 255 letters, digits and characters of -_/";
    refuse(`${prop}.name`, name, want, "name it after what the machine has to do, such as leave-swarm");
  }
  if (!isWhole(timeoutSeconds, 30, 7200)) {
    refuse(`${prop}.timeoutSeconds`, timeoutSeconds, "whole seconds from 30 to 7200", "5 minutes are 300");
  }
}

/** What the machines of a fleet do at their first boot, once it is known to be what cloud-init reads. */
export function userDataOf(at: IConstruct, { userData }: FleetProps, facts: FleetFacts): string | undefined {
  const text = typeof userData === "function" ? userData(facts) : userData;
  const fault = text === undefined ? undefined : userDataFault(text);
  if (fault) throw new InvalidProps(at, { prop: "userData", ...fault });
  return text;
}
