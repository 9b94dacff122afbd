import { describe, expect, it } from "vitest";
import { readPlan } from "./plan";

const change = (address: string, ...actions: string[]) => ({
  ...{ address, type: address.split(".")[0], change: { actions } },
});
const plan = (...changes: object[]) => readPlan({ resource_changes: changes });

describe("a plan", () => {
  it("counts as Terraform does: what is replaced is added and destroyed", () => {
    const { summary } = plan(
      change("aws_vpc.a", "create"),
      change("aws_vpc.b", "update"),
      change("aws_vpc.c", "delete", "create"),
      change("aws_vpc.d", "create", "delete"),
      change("aws_vpc.e", "delete"),
      change("aws_vpc.f", "no-op"),
      change("data.aws_ami.g", "read"),
    );
    expect(summary).toBe("3 to add, 1 to change, 3 to destroy");
  });

  it("names everything that would be lost, and whether that is how it changes", () => {
    const { losses } = plan(
      change("aws_db_instance.data", "delete", "create"),
      change("aws_ecs_task_definition.web", "create", "delete"),
      change("aws_ecs_task_definition.old", "delete"),
      { ...change("aws_instance.web", "delete"), deposed: "0a1b2c3d" },
      change("aws_vpc.network", "update"),
    );
    expect(losses).toEqual([
      { text: "replace aws_db_instance.data", usual: false },
      { text: "replace aws_ecs_task_definition.web", usual: true },
      { text: "destroy aws_ecs_task_definition.old", usual: false },
      { text: "destroy aws_instance.web (deposed 0a1b2c3d)", usual: false },
    ]);
  });

  it.each([
    [
      "resources stay as they are",
      { resource_changes: [change("aws_vpc.a", "no-op"), change("data.aws_ami.b", "read")] },
    ],
    ["outputs stay as they are", { output_changes: { url: { actions: ["no-op"] } } }],
    ["there is nothing", {}],
  ])("has no summary where %s", (_, shown) => {
    expect(readPlan(shown)).toEqual({ losses: [] });
  });

  it.each([
    ["an output changes", { output_changes: { url: { actions: ["create"] } } }],
    ["Terraform shall forget something", { resource_changes: [change("aws_vpc.a", "forget")] }],
  ])("has one where only %s", (_, shown) => {
    expect(readPlan(shown)).toEqual({ summary: "0 to add, 0 to change, 0 to destroy", losses: [] });
  });
});
