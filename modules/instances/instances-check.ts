import type { IConstruct } from "constructs";
import { type Complaint, InvalidProps } from "../../src/core/invalid-props";
import { aboutMachineType, aboutRoot, aboutUserData } from "../../src/core/machine-complaints";
import { isWhole } from "../../src/core/whole";
import type { InstancesProps } from "./instances-props";

/** Throws over the first prop that AWS, or the first boot, would refuse. */
export function checkInstances(at: IConstruct, props: InstancesProps): void {
  for (const complaint of complaints(props)) throw new InvalidProps(at, complaint);
}

function* complaints(props: InstancesProps): Generator<Complaint> {
  const { placement, count, inService, registry, rootGib = 8, userData } = props;
  if (placement.subnetIds.length === 0) {
    const fix = "name a subnet for each zone that machines may stand in";
    yield { prop: "placement", got: 0, want: "at least one subnet", fix };
  }
  yield* aboutMachineType(props);
  if (!isWhole(count, 1, 100)) {
    const fix = "remove the machines from the code to have none, and use a fleet for many";
    yield { prop: "count", got: count, want: "a whole number from 1 to 100", fix };
  }
  if (inService !== undefined && !isWhole(inService, 0, count)) {
    const want = `a whole number from 0 to ${count}, which is count`;
    yield { prop: "inService", got: inService, want, fix: "leave it out to have all machines in service" };
  }
  if (inService !== undefined && registry === undefined) {
    const fix = "pass a target group as registry, or leave inService out";
    yield { prop: "inService", got: inService, want: "left out where no registry is given", fix };
  }
  yield* aboutRoot("rootGib", rootGib);
  yield* aboutUserData(userData);
}
