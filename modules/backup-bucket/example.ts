import { TerraformOutput, type TerraformStack } from "cdktf";
import { BackupBucket } from ".";

/** A month of backups of a pipeline's server. */
export function example(stack: TerraformStack) {
  const backups = new BackupBucket(stack, "backups", { name: "shop-dev-backups", keepDays: 30 });

  new TerraformOutput(stack, "may-write", { value: backups.writeStatement("pipeline/") });
}
