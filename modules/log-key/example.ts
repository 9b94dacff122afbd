import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { TerraformStack } from "cdktf";
import { LogKey } from ".";

/** The log of a shop, which only those read who may use its key. */
export function example(stack: TerraformStack) {
  const { arn } = new LogKey(stack, "log-key", { name: "shop-production", region: "eu-west-1" });
  new CloudwatchLogGroup(stack, "orders", { name: "/shop/orders", retentionInDays: 365, kmsKeyId: arn });
}
