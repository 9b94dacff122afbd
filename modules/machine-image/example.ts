import { TerraformOutput, type TerraformStack } from "cdktf";
import { MachineImage } from ".";

/** The three ways to say which image machines start from. */
export function example(stack: TerraformStack) {
  const pinned = new MachineImage(stack, "pinned", {
    name: "al2023-ami-ecs-hvm-2023.0.20260108-kernel-6.1-x86_64",
    owner: "amazon",
    architecture: "x86_64",
  });
  const newest = new MachineImage(stack, "newest", {
    parameter: "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
  });
  const mapped = new MachineImage(stack, "mapped", {
    ids: { "eu-west-1": "ami-0123456789abcdef0", "us-east-1": "ami-0fedcba9876543210" },
    region: "eu-west-1",
  });

  for (const image of [pinned, newest, mapped])
    new TerraformOutput(stack, `${image.node.id}-ami`, { value: image.amiId });
}
