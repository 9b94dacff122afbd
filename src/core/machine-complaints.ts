import { parseCidr } from "./address-plan";
import { hostAddressFault } from "./flat-range";
import type { Complaint } from "./invalid-props";
import { machineType, unknownTypeFix } from "./machine-types";
import type { Placement } from "./placement";
import { userDataFault } from "./user-data";
import { isWhole } from "./whole";

/** Machines that stand in one place: what AWS, or their first boot, would refuse about it. */
export interface SingleMachine {
  readonly placement: Placement;
  readonly zone: string;
  readonly instanceType: string;
  readonly privateIp?: string;
  readonly subnetCidr?: string;
  readonly rootGib: number;
  readonly dataGib?: number;
  /** What the machine does at its first boot, with a stand-in for whatever is known only after apply. */
  readonly userData?: string;
}

/** What speaks against a machine that is looked after by itself, the first first. */
export function* aboutSingleMachine(machine: SingleMachine): Generator<Complaint> {
  const { placement, zone, rootGib, dataGib, userData } = machine;
  if (placement.subnetIds.length !== 1) {
    const fix = "name the one subnet: a machine stands in one place, and its data volume in the same zone";
    yield { prop: "placement", got: placement.subnetIds.length, want: "exactly one subnet", fix };
  }
  yield* aboutZone("zone", zone);
  yield* aboutMachineType(machine);
  yield* aboutAddress(machine);
  yield* aboutRoot("rootGib", rootGib);
  if (dataGib !== undefined && !isWhole(dataGib, 1, 16_384)) {
    const fix = "give the size of the data volume in GiB, or leave it out for none";
    yield { prop: "dataGib", got: dataGib, want: "a whole number from 1 to 16384", fix };
  }
  yield* aboutUserData(userData);
}

/** What speaks against the name of an availability zone. */
export function* aboutZone(prop: string, zone: string): Generator<Complaint> {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+[a-z]$/.test(zone)) {
    const want = "the name of an availability zone";
    yield { prop, got: zone, want, fix: "write region and letter, such as eu-west-3a" };
  }
}

/** What speaks against the type of a machine whose kind of processor nobody has named. */
export function* aboutMachineType({ instanceType }: Pick<SingleMachine, "instanceType">): Generator<Complaint> {
  if (!machineType(instanceType)) {
    const want = "an EC2 instance type that Slipway knows";
    yield { prop: "instanceType", got: instanceType, want, fix: unknownTypeFix(instanceType) };
  }
}

/** What speaks against the size of a root volume. */
export function* aboutRoot(prop: string, gib: number): Generator<Complaint> {
  if (!isWhole(gib, 8, 16_384)) {
    const fix = "give the size of the root volume in GiB";
    yield { prop, got: gib, want: "a whole number from 8 to 16384", fix };
  }
}

/** What EC2 would refuse about user data, or cloud-init ignore without a word. */
export function* aboutUserData(text: string | undefined): Generator<Complaint> {
  const fault = text === undefined ? undefined : userDataFault(text);
  if (fault) yield { prop: "userData", ...fault };
}

function* aboutAddress({ privateIp, subnetCidr }: SingleMachine): Generator<Complaint> {
  if (subnetCidr === undefined) return;
  const { fault } = parseCidr(subnetCidr);
  if (fault) return yield { prop: "subnetCidr", got: subnetCidr, want: fault.want, fix: fault.fix };
  const wrong = privateIp === undefined ? undefined : hostAddressFault(privateIp, subnetCidr);
  if (wrong) yield { prop: "privateIp", got: privateIp, ...wrong };
}
