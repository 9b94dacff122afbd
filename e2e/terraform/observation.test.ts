import { beforeAll, expect, it } from "vitest";
import { terraformWithStandIn } from "../support/aws";
import { succeeded } from "../support/process";
import { type Edit, synthesize } from "../support/project";
import { describeWith, met } from "../support/requirements";
import { copies, type Stack } from "../support/stacks";
import { type Change, launch, newWorld, type Workspace } from "../support/terraform";

const requirements = await terraformWithStandIn();

const morning = { at: "cron(0 7 ? * MON-FRI *)", timeZone: "Europe/Paris", min: 2, max: 3 };
const scaling = { min: 1, max: 2, memoryPercent: 70, schedule: { morning } };

const threeZones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];

/** Everything of a system that can be seen, what moves its number of tasks, and what else production has on in place. */
const seen: Edit = (dev) => {
  for (const system of ["wordpress", "wordpressMysql", "guestbook", "dashboard"]) {
    dev.setIn([system, "alarms"], { emails: ["on-call@example.com"] });
    dev.setIn([system, "cloudwatchDashboard"], true);
    dev.setIn([system, "logKey"], "own");
  }
  for (const system of ["wordpress", "wordpressMysql"]) {
    dev.setIn([system, "cluster"], { insights: "enhanced" });
    dev.setIn([system, "prometheus"], { intervalSeconds: 30 });
  }
  dev.setIn(["wordpress", "logSearch"], { administratorArn: "arn:aws:iam::111122223333:role/log-administrators" });
  dev.setIn(["wordpress", "services", "wordpress", "scaling"], scaling);
  for (const system of ["wordpress", "wordpressMysql", "guestbook", "dashboard"]) {
    dev.setIn([system, "network", "flowLogDays"], 90);
  }
  for (const system of ["wordpress", "guestbook"]) dev.setIn([system, "network", "zones"], threeZones);
  for (const system of ["wordpress", "dashboard"]) dev.setIn([system, "database", "multiAz"], true);
  dev.setIn(["wordpressMysql", "files"], {});
};

/** What changes besides alarms, pages and keys, by copy. */
const changed: Readonly<Record<string, readonly string[]>> = {
  "wordpress of dev": [
    ...["aws_subnet create", "aws_nat_gateway create", "aws_lb update", "aws_db_subnet_group update"],
    ...["aws_autoscaling_group update", "aws_db_instance update", "aws_cloudwatch_log_group update"],
  ],
  "wordpress-mysql of dev": [
    ...["aws_efs_file_system create", "aws_efs_access_point create", "aws_ecs_service update"],
    "aws_cloudwatch_log_group update",
  ],
  "guestbook of dev": ["aws_subnet create", "aws_lb update", "aws_cloudwatch_log_group update"],
  "dashboard of dev": ["aws_db_instance update", "aws_cloudwatch_log_group update"],
};

const ofDev = (stacks: readonly Stack[]) => copies(stacks.filter(({ environment }) => environment === "dev"));
const [before, after] = met(requirements)
  ? await Promise.all([synthesize(), synthesize({ dev: seen })]).then((both) => both.map(ofDev))
  : [[], []];
/** Systems whose description has these keys. */
const systems = before!.filter(([copy]) => /^(wordpress|wordpress-mysql|guestbook|dashboard) of dev$/.test(copy));

describeWith("what is seen, a third zone, a standby, files and longer flow logs", requirements, () => {
  const running = new Map<string, Map<string, Workspace>>();
  beforeAll(async () => {
    for (const [copy, stacks] of systems) running.set(copy, await launch(stacks, { world: newWorld() }));
  });

  it.each(
    systems,
  )("come to a running %s without anything being replaced or removed, and then stay as they are (S2-W03, S2-W06, S2-W08, S2-W09, S2-W12, S2-W13, S2-W14, S3-W10)", async (copy) => {
    const all: Change[] = [];
    for (const stack of new Map(after).get(copy)!) {
      const workspace = running.get(copy)!.get(stack.name)!;
      workspace.hold(stack.document);
      const changes = await workspace.changes();
      expect(changes.filter(({ actions }) => actions.join() === "create")).not.toEqual([]);
      // No revision of a task definition is ever changed: what logs elsewhere is a new one.
      const gone = changes.filter(({ actions }) => actions.includes("delete")).map(({ type }) => type);
      expect(gone.filter((type) => type !== "aws_ecs_task_definition")).toEqual([]);
      await succeeded(workspace.applyPlanned());
      expect((await workspace.again()).code).toBe(0);
      all.push(...changes);
    }
    const done = all.map(({ type, actions }) => `${type} ${actions.join("+")}`);
    expect(done).toEqual(expect.arrayContaining([...changed[copy]!]));
  });
});
