import { beforeAll, expect, it } from "vitest";
import { terraformWithStandIn } from "../support/aws";
import { type Edit, synthesize } from "../support/project";
import { describeWith } from "../support/requirements";
import { inOrder } from "../support/stacks";
import { type Change, launch, newWorld, type Workspace } from "../support/terraform";

const requirements = await terraformWithStandIn();

/** An environment that runs as described, and what Terraform plans when its description changes. */
function running(environment: string) {
  let workspaces = new Map<string, Workspace>();
  const name = (stack: string) => `wordpress-${stack}-${environment}`;
  return {
    launched: async () => {
      const stacks = (await synthesize()).filter(({ copy }) => copy === `wordpress of ${environment}`);
      workspaces = await launch(inOrder(stacks), { world: newWorld() });
    },
    planned: async (stack: "platform" | "service", edit: Edit): Promise<Change[]> => {
      const changed = (await synthesize({ [environment]: edit })).find((each) => each.name === name(stack))!;
      workspaces.get(name(stack))!.hold(changed.document);
      return workspaces.get(name(stack))!.changes();
    },
  };
}

const summary = (changes: readonly Change[]) =>
  changes.map(({ type, actions }) => `${type} ${actions.join("+")}`).sort();
const deleted = (changes: readonly Change[]) => changes.filter(({ actions }) => actions.includes("delete"));

describeWith("a change of the description of dev", requirements, () => {
  const { launched, planned } = running("dev");
  beforeAll(launched);

  it("to a new image version updates the service in place, with a new task definition and nothing else (problems 11, 15)", async () => {
    const changes = await planned("service", (dev) =>
      dev.setIn(["wordpress", "services", "wordpress", "image"], "6.8.3-2"),
    );
    expect(summary(changes)).toEqual([
      "aws_ecs_service update",
      expect.stringMatching(/^aws_ecs_task_definition (create\+delete|delete\+create)$/),
    ]);
  });

  it("to one service more only adds (problem 31)", async () => {
    const changes = await planned("service", (dev) =>
      dev.setIn(["wordpress", "services", "shop"], {
        image: "6.8.3-1",
        route: { host: "shop.example.org", priority: 50 },
      }),
    );
    expect(changes).not.toEqual([]);
    expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
  });

  it("to one zone more adds and moves nothing (problem 18)", async () => {
    const changes = await planned("platform", (dev) => dev.addIn(["wordpress", "network", "zones"], "eu-west-1c"));
    expect(summary(changes)).toEqual(expect.arrayContaining(["aws_nat_gateway create", "aws_subnet create"]));
    expect(deleted(changes)).toEqual([]);
  });

  it("to zones in another order changes nothing (problem 18)", async () => {
    const changes = await planned("platform", (dev) =>
      dev.setIn(["wordpress", "network", "zones"], ["eu-west-1b", "eu-west-1a"]),
    );
    expect(changes).toEqual([]);
  });
});

describeWith("a change of the description of production", requirements, () => {
  const { launched, planned } = running("production");
  beforeAll(launched);

  it("to a newer machine image updates launch template and group, which refreshes the machines (problem 3)", async () => {
    const newer = "al2023-ami-ecs-hvm-2023.0.20260212-kernel-6.1-x86_64";
    const changes = await planned("platform", (production) =>
      production.setIn(["wordpress", "machines", "image", "name"], newer),
    );
    expect(summary(changes)).toEqual(["aws_autoscaling_group update", "aws_launch_template update"]);
  });

  it("to a larger database changes the instance in place (S2-14)", async () => {
    const changes = await planned("platform", (production) =>
      production.setIn(["wordpress", "database", "class"], "db.m7g.xlarge"),
    );
    const [watching, others] = [true, false].map((is) =>
      summary(changes).filter((change) => change.startsWith("aws_cloudwatch_") === is),
    );
    expect(others).toEqual(["aws_db_instance update"]);
    // Its alarms are parts of the memory that it has.
    expect(watching).toContain("aws_cloudwatch_metric_alarm update");
    expect(watching!.every((change) => change.endsWith(" update"))).toBe(true);
  });
});
