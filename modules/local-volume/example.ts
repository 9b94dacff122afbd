import type { TerraformStack } from "cdktf";
import { LocalVolume } from ".";

/** The files of a database that nobody would miss. */
export function example(stack: TerraformStack) {
  new LocalVolume(stack, "orders", { name: "shop-local-orders", onRemoval: "destroy" });
}
