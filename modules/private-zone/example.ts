import { TerraformOutput, type TerraformStack } from "cdktf";
import { PrivateZone } from ".";

/** A registry and a cache under names that machines are configured with once. */
export function example(stack: TerraformStack) {
  const zone = new PrivateZone(stack, "names", { name: "shop-dev.internal", vpcId: "vpc-1" });
  const registry = zone.address("registry", "10.0.24.10");
  const cache = zone.alias("cache", "shop-visits.abc123.ng.0001.euw1.cache.amazonaws.com");

  new TerraformOutput(stack, "names-known", { value: [registry, cache] });
}
