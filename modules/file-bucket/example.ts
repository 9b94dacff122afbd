import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { FileBucket } from ".";

/** What machines are configured by: a text as it is, and one with what only AWS knows. */
export function example(stack: TerraformStack) {
  const { accountId } = new DataAwsCallerIdentity(stack, "account", {});
  const files = new FileBucket(stack, "configuration", {
    name: "shop-dev-configuration",
    files: { "manifests/site.pp": "node default { notify { \"on ${facts['hostname']}\": } }\n" },
    filesWithValues: { "data/infrastructure.yaml": `shop::account: "${accountId}"\n` },
  });

  new TerraformOutput(stack, "fetch", { value: `aws s3 sync s3://${files.bucket} .` });
}
