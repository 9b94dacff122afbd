import type { IConstruct } from "constructs";
import { type Complaint, InvalidProps } from "../../src/core/invalid-props";
import { aboutSingleMachine } from "../../src/core/machine-complaints";
import type { FrontEndsProps } from "./front-ends-props";

/** Throws over the first prop that AWS, or the first boot, would refuse. */
export function checkFrontEnds(at: IConstruct, props: FrontEndsProps): void {
  for (const complaint of complaints(props)) throw new InvalidProps(at, complaint);
}

function* complaints(props: FrontEndsProps): Generator<Complaint> {
  const { machines, vpcId, instanceType, rootGib = 8, userData } = props;
  const keys = Object.keys(machines);
  if (keys.length < 2) {
    const fix = "add another one: nothing would take over the address of the only one";
    yield { prop: "machines", got: keys, want: "two machines or more", fix };
  }
  for (const [key, { subnetId, ...place }] of Object.entries(machines)) {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(key)) {
      const want = "names of lower-case letters, digits and single dashes, a letter first";
      yield { prop: "machines", got: key, want, fix: "a machine has it as its host name: write one such as fe-1" };
    }
    const single = { placement: { vpcId, subnetIds: [subnetId] }, instanceType, rootGib, userData: userData({ key }) };
    for (const complaint of aboutSingleMachine({ ...place, ...single })) {
      yield { ...complaint, prop: complaint.prop in place ? `machines.${key}.${complaint.prop}` : complaint.prop };
    }
  }
  const addresses = Object.values(machines).map(({ privateIp }) => privateIp);
  const twin = addresses.find((address, index) => addresses.indexOf(address) !== index);
  if (twin !== undefined) {
    yield { prop: "machines", got: twin, want: "an address of its own for each", fix: "write another one" };
  }
}
