import { beforeAll, describe, expect, it } from "vitest";
import { terraformWithStandIn } from "../support/aws";
import { succeeded } from "../support/process";
import { environments, synthesize } from "../support/project";
import { describeWith, met } from "../support/requirements";
import { copies, type Json, named, type Stack } from "../support/stacks";
import { newWorld, Workspace, words } from "../support/terraform";

const requirements = await terraformWithStandIn();
const stacks = met(requirements) ? await synthesize() : [];

const isProtected = ({ document }: Stack) =>
  Object.values<Json>(document.resource)
    .flatMap((named) => Object.values<Json>(named))
    .some(({ lifecycle }) => lifecycle?.prevent_destroy);
const databases = ({ document }: Stack) =>
  ["aws_db_instance", "aws_rds_cluster", "aws_elasticache_replication_group"].flatMap((type) =>
    Object.keys(document.resource[type] ?? {}).map((name) => `${type}.${name}`),
  );

describeWith("the stacks that synth makes of the descriptions", requirements, () => {
  it("belong to every environment that is described", () => {
    expect([...new Set(stacks.map(({ environment }) => environment))].sort()).toEqual(environments());
  });

  describe.each(copies(stacks))("%s", (_, members) => {
    const world = newWorld();
    const workspaces = new Map(members.map((stack) => [stack, new Workspace(stack, { world })] as const));
    const of = (stack: Stack) => workspaces.get(stack)!;

    it.each(named(members))("%s is valid", (_, stack) => of(stack).validate());

    it.each(named(members))("%s is applied, and then nothing is left to change", async (_, stack) => {
      expect(await of(stack).changes()).not.toEqual([]);
      await succeeded(of(stack).applyPlanned());
      expect(await of(stack).again()).toMatchObject({ code: 0, output: expect.stringContaining("No changes.") });
    });

    it.skipIf(members.length === 1)("hands the values of one stack to the next (problem 26)", async () => {
      const states = await Promise.all(members.map((stack) => of(stack).state()));
      const parameters = states.flat().filter(({ type }) => type === "aws_ssm_parameter");
      const [written, read] = ["managed", "data"].map((mode) =>
        parameters
          .filter((each) => each.mode === mode && each.values.name.startsWith("/slipway/"))
          .map(({ values }) => [values.name, values.insecure_value || values.value]),
      );
      expect(read).not.toEqual([]);
      expect(written).toEqual(expect.arrayContaining(read!));
    });

    if (members.some(({ keeps }) => keeps)) {
      describe("while its description says keep", () => {
        const kept = members.filter(isProtected);

        it("protects the stacks that hold a database", () => {
          const holders = members.filter((stack) => databases(stack).length > 0);
          expect(holders).not.toEqual([]);
          expect(kept).toEqual(expect.arrayContaining(holders));
        });

        it.each(
          named(kept),
        )("%s refuses to be destroyed, because of its databases too (problem 23)", async (_, stack) => {
          const refused = await of(stack).destroy();
          expect(refused.code).toBe(1);
          const refusals = words(refused.output).matchAll(/Resource (\S+) has lifecycle\.prevent_destroy set/g);
          expect([...refusals].map(([, address]) => address)).toEqual(expect.arrayContaining(databases(stack)));
          expect(await of(stack).changes()).toEqual([]);
        });
      });

      describe("once its description says destroy", () => {
        let disposable: Stack[] = [];
        beforeAll(async () => {
          const name = members[0]!.environment;
          disposable = await synthesize({
            [name]: (description) => {
              description.set("onRemoval", "destroy");
              description.set("removalReason", "this test takes it down again");
            },
          });
        });

        it.each(named(members))("%s gives up its protection in place (problem 23)", async (_, stack) => {
          of(stack).hold(disposable.find(({ name }) => name === stack.name)!.document);
          const replaced = (await of(stack).changes()).filter(({ actions }) => actions.length > 1);
          expect(replaced).toEqual([]);
          await succeeded(of(stack).applyPlanned());
        });
      });
    }

    it.each(named(members.toReversed()))("%s is destroyed, and nothing of it remains", async (_, stack) => {
      await succeeded(of(stack).destroy());
      expect(await of(stack).state()).toEqual([]);
    });
  });
});
