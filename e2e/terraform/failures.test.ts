import { expect, it } from "vitest";
import { terraformWithStandIn } from "../support/aws";
import { synthesize } from "../support/project";
import { describeWith } from "../support/requirements";
import { blocks, inOrder, type Json } from "../support/stacks";
import { launch, newWorld, Workspace, words } from "../support/terraform";

const requirements = await terraformWithStandIn();
const stacksOf = async (environment: string, image?: string) => {
  const stacks = await synthesize({
    [environment]: (description) => image && description.setIn(["wordpress", "services", "wordpress", "image"], image),
  });
  return inOrder(stacks.filter(({ copy }) => copy === `wordpress of ${environment}`));
};

describeWith("a deployment that AWS rolled back", requirements, () => {
  it("fails the apply, and says what to look at (problem 13)", async () => {
    const workspaces = await launch(await stacksOf("dev"), { world: newWorld() });
    const [, after] = await stacksOf("dev", "6.8.3-2");
    const [[service], [task]] = ["aws_ecs_service", "aws_ecs_task_definition"].map((type) =>
      blocks(after!.document, "resource", type),
    ) as [[Json], [Json]];
    // A service that keeps its task definition through an update is what Terraform sees after a rollback.
    service.lifecycle.ignore_changes = [...(service.lifecycle.ignore_changes ?? []), "task_definition"];
    // The stand-in forgets a revision that is destroyed, whereas AWS never gives a number twice.
    task.lifecycle = { create_before_destroy: true };
    const workspace = workspaces.get(after!.name)!;
    workspace.hold(after!.document);

    const failed = await workspace.apply();

    expect(failed.code).toBe(1);
    expect(failed.output).toContain("Resource postcondition failed");
    expect(words(failed.output)).toContain(words(service.lifecycle.postcondition[0].error_message));
  });
});

describeWith("a machine image that does not exist", requirements, () => {
  it.each([
    ["machines of the platform (problem 5)", "wordpress-platform-production"],
    ["the database machine (S3-09)", "wordpress-mysql-dev"],
  ])("fails the plan of %s, by its name", async (_, stackName) => {
    const stack = (await synthesize()).find(({ name }) => name === stackName)!;
    const [image] = blocks(stack.document, "data", "aws_ami") as [Json];
    const [name] = image.filter.find((each: Json) => each.name === "name").values;
    const workspace = new Workspace(stack, { world: newWorld(), images: ["another-image"] });
    await workspace.validate();

    const failed = await workspace.plan();

    expect(failed.code).toBe(1);
    expect(failed.output).toContain("Your query returned no results");
    expect(failed.output).toContain(`No image matches ["${name}"]`);
  });
});
