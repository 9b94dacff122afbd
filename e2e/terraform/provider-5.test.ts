import { it } from "vitest";
import { realVersion, terraformWithRealProvider } from "../support/aws";
import { synthesize } from "../support/project";
import { describeWith, met } from "../support/requirements";
import { named, type Stack } from "../support/stacks";
import { newWorld, Workspace } from "../support/terraform";

const requirements = await terraformWithRealProvider();
const stacks = met(requirements) ? await synthesize() : [];

/** The same stack for users whose other Terraform still asks for the provider's previous major version. */
function askingFor(version: string, stack: Stack): Stack {
  const document = structuredClone(stack.document);
  document.terraform.required_providers.aws.version = version;
  return { ...stack, document };
}

describeWith(`the real AWS provider ${realVersion}`, requirements, () => {
  it.each(named(stacks))("finds nothing wrong with %s", (_, stack) =>
    new Workspace(askingFor(realVersion, stack), { world: newWorld() }).validate());
});
