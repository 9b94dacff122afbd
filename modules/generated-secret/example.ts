import { TerraformOutput, type TerraformStack } from "cdktf";
import { GeneratedSecret } from ".";

/** The account of a blog in its database, with the second password that it has had. */
export function example(stack: TerraformStack) {
  const account = new GeneratedSecret(stack, "account", {
    name: "blog-dev",
    description: "Account of the blog in its database",
    username: "blog",
    version: 2,
    onRemoval: "destroy",
  });

  new TerraformOutput(stack, "account-secret-arn", { value: account.arn });
}
