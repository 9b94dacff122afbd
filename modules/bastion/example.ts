import { TerraformOutput, type TerraformStack } from "cdktf";
import { Bastion } from ".";

/** One that Session Manager alone leads to, and one that opens port 22 for one person as well. */
export function example(stack: TerraformStack) {
  const common = {
    name: "dashboard-dev",
    placement: { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"] },
    image: { amiId: "ami-0123456789abcdef0" },
  };
  const bastion = new Bastion(stack, "bastion", common);
  new Bastion(stack, "visited", {
    ...common,
    ssh: {
      from: "198.51.100.7/32",
      publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1S me@example.com",
    },
    userData: "#!/bin/bash\ndnf install --assumeyes postgresql17\n",
  });
  new TerraformOutput(stack, "shell", { value: `aws ssm start-session --target ${bastion.instanceId}` });
}
