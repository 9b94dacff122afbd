import { beforeAll, expect, it } from "vitest";
import { terraformWithStandIn } from "../support/aws";
import { succeeded } from "../support/process";
import { type Edit, synthesize } from "../support/project";
import { describeWith, met } from "../support/requirements";
import { copies, type Stack } from "../support/stacks";
import { launch, newWorld, type Workspace } from "../support/terraform";

const requirements = await terraformWithStandIn();

const morning = { at: "cron(0 7 ? * MON-FRI *)", timeZone: "Europe/Paris", min: 2, max: 3 };
const scaling = { min: 1, max: 2, memoryPercent: 70, schedule: { morning } };

/** Everything of a system that can be seen, and what moves its number of tasks. */
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
};

const ofDev = (stacks: readonly Stack[]) => copies(stacks.filter(({ environment }) => environment === "dev"));
const [before, after] = met(requirements)
  ? await Promise.all([synthesize(), synthesize({ dev: seen })]).then((both) => both.map(ofDev))
  : [[], []];
/** Systems whose description has these keys. */
const systems = before!.filter(([copy]) => /^(wordpress|wordpress-mysql|guestbook|dashboard) of dev$/.test(copy));

describeWith("alarms, dashboards, keys of logs, container metrics, log search and schedules", requirements, () => {
  const running = new Map<string, Map<string, Workspace>>();
  beforeAll(async () => {
    for (const [copy, stacks] of systems) running.set(copy, await launch(stacks, { world: newWorld() }));
  });

  it.each(
    systems,
  )("come to a running %s without anything being replaced or removed, and then stay as they are (S2-W08, S2-W12, S2-W13, S2-W14, S3-W10)", async (copy) => {
    const changed = new Map(after).get(copy)!;
    for (const stack of changed) {
      const workspace = running.get(copy)!.get(stack.name)!;
      workspace.hold(stack.document);
      const changes = await workspace.changes();
      expect(changes.filter(({ actions }) => actions.join() === "create")).not.toEqual([]);
      // No revision of a task definition is ever changed: what logs elsewhere is a new one.
      const gone = changes.filter(({ actions }) => actions.includes("delete")).map(({ type }) => type);
      expect(gone.filter((type) => type !== "aws_ecs_task_definition")).toEqual([]);
      await succeeded(workspace.applyPlanned());
      expect((await workspace.again()).code).toBe(0);
    }
  });
});
