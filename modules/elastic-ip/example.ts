import { TerraformOutput, type TerraformStack } from "cdktf";
import { ElasticIp } from ".";

/** The address of a shop, which its two front ends hand to each other. */
export function example(stack: TerraformStack) {
  const address = new ElasticIp(stack, "address", {
    name: "shop-dev",
    region: "eu-west-1",
    holders: { key: "slipway:front-ends", value: "shop-dev" },
  });

  new TerraformOutput(stack, "shop", { value: address.ipv4 });
}
