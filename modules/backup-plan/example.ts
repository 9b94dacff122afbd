import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import type { TerraformStack } from "cdktf";
import { BackupPlan } from ".";

/** The orders of a shop, of which there is a copy of every day for a month, and of every month for a year. */
export function example(stack: TerraformStack) {
  const tags = { "slipway:data": "shop-production" };
  new EbsVolume(stack, "orders", { availabilityZone: "eu-west-1a", size: 20, encrypted: true, tags });
  new BackupPlan(stack, "backup-plan", {
    name: "shop-production",
    region: "eu-west-1",
    tags,
    kinds: ["volumes"],
    keepDays: 31,
    monthlyKeepDays: 365,
    lock: "governance",
  });
}
