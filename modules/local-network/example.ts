import type { TerraformStack } from "cdktf";
import { LocalNetwork } from ".";

/** A network for the containers of one system. */
export function example(stack: TerraformStack) {
  new LocalNetwork(stack, "network", { name: "shop-local", labels: { "slipway.system": "shop" } });
}
