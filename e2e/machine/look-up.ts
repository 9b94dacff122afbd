import { beforeAll, expect, it } from "vitest";
import { askingFor, realVersion } from "../support/aws";
import type { Json, Stack } from "../support/stacks";
import { newWorld, Workspace, words } from "../support/terraform";
import type { Emulator } from "./harness/emulator";
import { resourceAt } from "./harness/user-data";

/** What the look-up happens between; there when the tests run. */
export interface Around {
  readonly stack: Stack;
  readonly emulator: Emulator;
}

/** Tests that a plan for the machine at `address` takes the baked image called `name`, and none in its place. */
export function lookUpTests(address: string, name: string, around: () => Around): void {
  let workspace: Workspace;
  beforeAll(async () => {
    const { stack, emulator } = around();
    workspace = new Workspace(askingFor(realVersion, stack), { world: newWorld(), endpoint: emulator.url });
    await workspace.validate();
  });

  const imageOf = ({ ami, image_id }: Json): string => ami ?? image_id;
  /** Address of the data source that the machine takes its image from. */
  const lookUp = () => {
    const reference = imageOf(resourceAt(around().stack, address));
    const found = /^\$\{(data\.aws_ami\.[\w-]+)\.id\}$/.exec(reference);
    if (!found) throw new Error(`${address} boots ${reference}, not what a look-up by name finds`);
    return found[1]!;
  };
  const baked = async () => {
    const images = (await around().emulator.images()).filter((image) => image.name === name);
    expect(images).toHaveLength(1);
    return images[0]!.id;
  };

  it("is what a plan finds by its name, for the machine to boot", async () => {
    const id = await baked();
    // The look-up alone: the rest of the stack asks for much that the emulator does not know.
    const { prior_state } = await workspace.planned(`-target=${lookUp()}`);
    const [found] = (prior_state.values.root_module.resources as Json[]).filter((each) => each.address === lookUp());
    expect(found!.values).toMatchObject({ id, name, owner_id: "123456789012" });
  });

  it("is missed once it is gone: the plan fails, and names the image", async () => {
    await around().emulator.deregister(await baked());
    const { code, output } = await workspace.plan(`-target=${lookUp()}`);
    expect(code).toBe(1);
    expect(lookUp()).toContain(name.replace(/[^A-Za-z0-9-]+/g, "-"));
    expect(words(output)).toContain(
      `Error: Your query returned no results. Please change your search criteria and try again. with ${lookUp()},`,
    );
  });
}
