import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { MachineRole } from ".";

/** Machines that read one secret at boot, and do nothing else in AWS. */
export function example(stack: TerraformStack) {
  const web = new Construct(stack, "web");

  new MachineRole(web, "identity", {
    words: ["guestbook-dev", "web"],
    description: `Machines of ${web.node.path}`,
    statements: [
      {
        actions: ["secretsmanager:GetSecretValue"],
        resources: ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:guestbook/puppet-a1B2c3"],
      },
    ],
  });
}
