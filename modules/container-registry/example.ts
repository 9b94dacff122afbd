import { TerraformOutput, type TerraformStack } from "cdktf";
import { ContainerRegistry } from ".";

/** A registry for the images of one service, whose running version outlives any number of builds. */
export function example(stack: TerraformStack) {
  const images = new ContainerRegistry(stack, "images", { repository: "shop/api", inUse: ["2.4.1"] });

  new TerraformOutput(stack, "push_to", { value: images.url });
}
