import { TerraformOutput, type TerraformStack } from "cdktf";
import { QuorumStep } from ".";

/** Five masters of a shop, of which three decide. */
export function example(stack: TerraformStack) {
  const { note } = new QuorumStep(stack, "masters-step", {
    ...{ path: "/shop/production/masters", members: "masters", count: 5, quorum: 3, after: [] },
  });
  new TerraformOutput(stack, "masters_applied", { value: note });
}
