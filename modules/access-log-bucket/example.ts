import { TerraformOutput, type TerraformStack } from "cdktf";
import { AccessLogBucket } from ".";

/** Logs that are kept for a quarter, and those of a trial, which go with it. */
export function example(stack: TerraformStack) {
  const logs = new AccessLogBucket(stack, "access-logs", { name: "shop-production-access-logs", days: 90 });
  new AccessLogBucket(stack, "trial", {
    ...{ name: "shop-dev-access-logs", days: 7, prefix: "trial", onRemoval: "destroy" },
  });

  new TerraformOutput(stack, "fetch", { value: `aws s3 sync s3://${logs.bucket} .` });
}
