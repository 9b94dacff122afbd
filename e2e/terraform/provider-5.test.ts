import { it } from "vitest";
import { askingFor, realVersion, terraformWithRealProvider } from "../support/aws";
import { synthesize } from "../support/project";
import { describeWith, met } from "../support/requirements";
import { named } from "../support/stacks";
import { newWorld, Workspace } from "../support/terraform";

const requirements = await terraformWithRealProvider();
const stacks = met(requirements) ? await synthesize() : [];

describeWith(`the real AWS provider ${realVersion}`, requirements, () => {
  it.each(named(stacks.filter(({ target }) => target === "aws")))("finds nothing wrong with %s", (_, stack) =>
    new Workspace(askingFor(realVersion, stack), { world: newWorld() }).validate());
});
