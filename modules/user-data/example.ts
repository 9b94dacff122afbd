import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { encodedUserData } from ".";

/** A machine that is told at its first boot what only Terraform knows, beside text that looks like an expression and is none. */
export function example(stack: TerraformStack) {
  const host = new TerraformVariable(stack, "database-host", { type: "string" });

  new LaunchTemplate(stack, "template", {
    imageId: "ami-0123456789abcdef0",
    instanceType: "t3.small",
    userData: encodedUserData(stack, "user-data", `#!/bin/sh\necho "${host.stringValue}" > "\${HOME}/database"\n`),
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3" } }],
  });
}
