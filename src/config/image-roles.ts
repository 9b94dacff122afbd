import images from "../../packer/images.json";
import { didYouMean } from "./did-you-mean";
import type { Fault } from "./mistakes";

interface Role {
  readonly kind: string;
  readonly version: string;
  readonly architecture: string;
}
export const catalogue: Readonly<Record<string, Role>> = images;

/** What speaks against `role` as the image of a machine. */
export function machineRoleFault(role: string): Fault | undefined {
  const baked = Object.keys(catalogue).filter((name) => catalogue[name]!.kind === "machine");
  if (baked.includes(role)) return undefined;
  const want = `a role of packer/images.json that is baked for machines: ${baked.join(", ")}`;
  const meant = didYouMean(role, baked);
  const fix = meant ? `did you mean ${meant}?` : "add the role to packer/images.json, and its template to packer/";
  return { code: "IMAGE_ROLE", want, fix };
}

/** Kind of processor that a role's image is baked for; nothing for a role that is not known. */
export function imageArchitectureOf(role: string): string | undefined {
  return Object.hasOwn(catalogue, role) ? catalogue[role]!.architecture : undefined;
}

/** Exact name of a role's image, as Packer bakes it. */
export function imageName(role: string): string {
  return `slipway-${role}-${catalogue[role]!.version}`;
}
