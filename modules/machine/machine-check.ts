import type { IConstruct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { aboutSingleMachine } from "../../src/core/machine-complaints";
import type { MachineProps } from "./machine-props";

/** Throws over the first prop that AWS, or the first boot, would refuse. */
export function checkMachine(at: IConstruct, props: MachineProps): void {
  const { rootGib = 8, dataGib } = props;
  const dataVolumeId = dataGib === undefined ? undefined : "vol-0123456789abcdef0";
  const userData = props.userData?.({ dataVolumeId });
  for (const complaint of aboutSingleMachine({ ...props, rootGib, userData })) throw new InvalidProps(at, complaint);
}
