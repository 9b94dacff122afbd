import { didYouMean } from "../core/did-you-mean";
import { imageCatalogue } from "../core/image-catalogue";
import type { Fault } from "./mistakes";

/** What speaks against `role` as the one of a machine's image. */
export function machineRoleFault(role: string): Fault | undefined {
  const machineRoles = Object.entries(imageCatalogue())
    .filter(([, { kind }]) => kind === "machine")
    .map(([name]) => name);
  if (machineRoles.includes(role)) return undefined;
  const meant = didYouMean(role, machineRoles);
  return {
    code: "IMAGE_ROLE",
    want: `a role of packer/images.json that is baked for machines: ${machineRoles.join(", ")}`,
    fix: meant
      ? `did you mean ${meant}?`
      : `write ${machineRoles.join(" or ")}, or add the role to packer/images.json and its template to packer/`,
  };
}
