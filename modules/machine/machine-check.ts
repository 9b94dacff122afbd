import type { IConstruct } from "constructs";
import { parseCidr } from "../../src/core/address-plan";
import { hostAddressFault } from "../../src/core/flat-range";
import { InvalidProps } from "../../src/core/invalid-props";
import { machineType, unknownTypeFix } from "../../src/core/machine-types";
import { userDataFault } from "../../src/core/user-data";
import type { MachineProps } from "./machine-props";

const whole = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to;

/** Throws over the first prop that AWS, or the first boot, would refuse. */
export function checkMachine(at: IConstruct, props: MachineProps): void {
  const refuse = (prop: string, got: unknown, want: string, fix: string): never => {
    throw new InvalidProps(at, { prop, got, want, fix });
  };
  const { placement, zone, instanceType, rootGib = 8, dataGib } = props;

  if (placement.subnetIds.length !== 1) {
    const fix = "name the one subnet: a machine stands in one place, and its data volume in the same zone";
    refuse("placement", placement.subnetIds.length, "exactly one subnet", fix);
  }
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+[a-z]$/.test(zone)) {
    refuse("zone", zone, "the name of an availability zone", "write region and letter, such as eu-west-3a");
  }
  if (!machineType(instanceType)) {
    refuse("instanceType", instanceType, "an EC2 instance type that Slipway knows", unknownTypeFix(instanceType));
  }
  checkAddress(props, refuse);
  if (!whole(rootGib, 8, 16_384)) {
    refuse("rootGib", rootGib, "a whole number from 8 to 16384", "give the size of the root volume in GiB");
  }
  if (dataGib !== undefined && !whole(dataGib, 1, 16_384)) {
    const fix = "give the size of the data volume in GiB, or leave it out for none";
    refuse("dataGib", dataGib, "a whole number from 1 to 16384", fix);
  }
  const fault =
    props.userData &&
    userDataFault(props.userData({ dataVolumeId: dataGib === undefined ? undefined : "vol-0123456789abcdef0" }));
  if (fault) refuse("userData", fault.got, fault.want, fault.fix);
}

function checkAddress(
  { privateIp, subnetCidr }: MachineProps,
  refuse: (prop: string, got: unknown, want: string, fix: string) => never,
): void {
  if (subnetCidr === undefined) return;
  const { fault } = parseCidr(subnetCidr);
  if (fault) refuse("subnetCidr", subnetCidr, fault.want, fault.fix);
  const wrong = privateIp === undefined ? undefined : hostAddressFault(privateIp, subnetCidr);
  if (wrong) refuse("privateIp", privateIp, wrong.want, wrong.fix);
}
