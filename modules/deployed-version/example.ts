import { TerraformOutput, type TerraformStack } from "cdktf";
import { DeployedVersion } from ".";

/** The version of a shop, which its pipeline changes and its machines read. */
export function example(stack: TerraformStack) {
  const version = new DeployedVersion(stack, "version", {
    path: "/shop/dev/version",
    description: "Version of the shop that runs in dev",
    first: "1.0.0",
  });

  new TerraformOutput(stack, "deploy", { value: version.deployCommand("eu-west-1") });
}
