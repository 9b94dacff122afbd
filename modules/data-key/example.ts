import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import type { TerraformStack } from "cdktf";
import { DataKey } from ".";

/** The orders of a shop, on a volume that nobody reads after the key is gone. */
export function example(stack: TerraformStack) {
  const { arn } = new DataKey(stack, "data-key", { name: "shop-production", region: "eu-west-1" });
  new EbsVolume(stack, "orders", { availabilityZone: "eu-west-1a", size: 20, encrypted: true, kmsKeyId: arn });
}
