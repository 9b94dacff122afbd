import { whole } from "./field";
import { machines } from "./machines";

const { type } = machines.shape;

export const rootGib = (gib: number) =>
  whole("Size of the encrypted root volume, in GiB. It goes with the machine.", {
    code: "EBS_SIZE",
    min: 8,
    max: 16_384,
  }).default(gib);

export const dataGib = (what: string, gib: number) =>
  whole(
    `Size of the encrypted volume with ${what}, in GiB. It can grow, which the machine sees at its next boot, and outlives the machine.`,
    { code: "EBS_SIZE", min: 1, max: 16_384 },
  ).default(gib);

export const instanceType = (usual: string) => type.unwrap().default(usual);
