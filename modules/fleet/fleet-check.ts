import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { machineType, unknownTypeFix } from "../../src/core/machine-types";
import { userDataFault } from "../../src/core/user-data";
import { isWhole } from "../../src/core/whole";
import type { FleetProps } from "./fleet-props";

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
  if (props.userData !== undefined) checkUserData(props.userData, refuse);
}

function checkUserData(text: string, refuse: (prop: string, got: unknown, want: string, fix: string) => never): void {
  if (Token.isUnresolved(text)) {
    const fix = "write the path of an SSM parameter into it instead, and let the machine read that at boot";
    refuse("userData", "a value of another resource", "text known at synthesis", fix);
  }
  const fault = userDataFault(text);
  if (fault) refuse("userData", fault.got, fault.want, fault.fix);
}
