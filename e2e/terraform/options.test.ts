import { beforeAll, expect, it } from "vitest";
import { terraformWithStandIn } from "../support/aws";
import { type Edit, synthesize } from "../support/project";
import { describeWith } from "../support/requirements";
import { inOrder } from "../support/stacks";
import { type Change, launch, newWorld, type Workspace } from "../support/terraform";

const requirements = await terraformWithStandIn();

/** A copy that runs as its description says, and what Terraform plans for it when an option is turned on. */
function running(copy: string) {
  let workspaces = new Map<string, Workspace>();
  const of = async (edit?: Edit) =>
    inOrder((await synthesize(edit && { dev: edit })).filter((stack) => stack.copy === `${copy} of dev`));
  return {
    launched: async (edit?: Edit) => {
      workspaces = await launch(await of(edit), { world: newWorld() });
    },
    /** The plan of each stack, in their order; each is applied before the next is planned, and leaves nothing to change. */
    turnedOn: async (edit: Edit): Promise<Change[]> => {
      const changes: Change[] = [];
      for (const { name, document } of await of(edit)) {
        const workspace = workspaces.get(name)!;
        workspace.hold(document);
        changes.push(...(await workspace.changes()));
        expect(await workspace.applyPlanned()).toMatchObject({ code: 0 });
        expect(await workspace.changes()).toEqual([]);
      }
      return changes;
    },
  };
}

const summary = (changes: readonly Change[]) =>
  [...new Set(changes.map(({ type, actions }) => `${type} ${actions.join("+")}`))].sort();

/** A revision of a task definition is never changed: the next one takes its place, and the old one stays for the way back. */
const isRevision = ({ type }: Change) => type === "aws_ecs_task_definition";
const notGentle = (changes: readonly Change[]) =>
  changes.filter((change) => change.actions.includes("delete") && !isRevision(change));

/** A second entrance, which only CloudFront reaches. */
const edge = {
  domain: { zone: "example.com", name: "www.example.com", otherNames: ["example.com"] },
  distribution: { logDays: 30 },
  webAcl: {},
};

describeWith("wordpress of dev, once it runs", requirements, () => {
  const { launched, turnedOn } = running("wordpress");
  beforeAll(() => launched());

  it("gets shared files, a proxy, a web ACL, an edge and backups beside what it has, and new tasks (S2-W03, S2-W05, S3-W11, S3-W15)", async () => {
    const changes = await turnedOn((dev) => {
      dev.setIn(["wordpress", "files"], {});
      dev.setIn(["wordpress", "services", "wordpress", "files"], {});
      dev.setIn(["wordpress", "database", "proxy"], {});
      dev.setIn(["wordpress", "loadBalancers"], { public: { webAcl: {} }, edge });
      dev.setIn(["wordpress", "backupPlan"], { monthlyKeepDays: 365 });
    });
    const made = ["efs_file_system", "efs_access_point", "db_proxy", "wafv2_web_acl", "cloudfront_distribution"];
    const changed = ["aws_ecs_service update", "aws_db_instance update"];
    expect(summary(changes)).toEqual(
      expect.arrayContaining([
        ...[...made, "backup_vault", "backup_plan"].map((type) => `aws_${type} create`),
        ...changed,
      ]),
    );
    expect(notGentle(changes)).toEqual([]);
  });

  it("moves its service to the edge by another rule, and by nothing else that goes (S2-W05)", async () => {
    const changes = await turnedOn((dev) => {
      dev.setIn(["wordpress", "files"], {});
      dev.setIn(["wordpress", "services", "wordpress", "files"], {});
      dev.setIn(["wordpress", "database", "proxy"], {});
      dev.setIn(["wordpress", "loadBalancers"], { public: { webAcl: {} }, edge });
      dev.setIn(["wordpress", "backupPlan"], { monthlyKeepDays: 365 });
      dev.setIn(["wordpress", "services", "wordpress", "loadBalancer"], "edge");
    });
    expect(changes.filter(({ actions }) => actions.includes("delete")).map(({ type }) => type)).toEqual([
      "aws_lb_listener_rule",
    ]);
  });
});

describeWith("wordpress with MySQL beside it, of dev, once it runs", requirements, () => {
  const { launched, turnedOn } = running("wordpress-mysql");
  beforeAll(() => launched());

  it("gets files, an entrance and replicas: what goes is the way of the internet to its machine (S3-W03, S3-W04, S3-W05)", async () => {
    const changes = await turnedOn((dev) => {
      dev.setIn(["wordpressMysql", "network", "web"], { cidr: "10.3.0.0/22", zones: ["eu-west-3b"] });
      dev.setIn(["wordpressMysql", "files"], {});
      dev.setIn(["wordpressMysql", "entrance"], { webAcl: {} });
      dev.setIn(["wordpressMysql", "service", "scaling"], { min: 2, max: 4, requestsPerTarget: 600 });
    });
    const made = ["lb", "lb_target_group", "wafv2_web_acl", "appautoscaling_policy", "efs_file_system"];
    expect(summary(changes)).toEqual(
      expect.arrayContaining([...made.map((type) => `aws_${type} create`), "aws_ecs_service update"]),
    );
    expect(notGentle(changes).map(({ type }) => type)).toEqual(["aws_vpc_security_group_ingress_rule"]);
  });
});

describeWith("the dashboard of dev with a key of its own, once it runs", requirements, () => {
  const { launched, turnedOn } = running("dashboard");
  beforeAll(() => launched((dev) => dev.setIn(["dashboard", "dataKey"], "own")));

  it("gets a name, for which its one rule moves to HTTPS, and gives up its key, which is forgotten and stays (S4-W03, S3-W15)", async () => {
    const changes = await turnedOn((dev) => {
      dev.setIn(["dashboard", "entrance"], {
        domain: { zone: "example.com", name: "dashboard.example.com" },
        webAcl: {},
      });
    });
    expect(summary(changes)).toEqual(
      expect.arrayContaining(["aws_acm_certificate create", "aws_route53_record create", "aws_lb_listener update"]),
    );
    expect(notGentle(changes).map(({ type }) => type)).toEqual(["aws_lb_listener_rule"]);
    expect(summary(changes)).toContain("aws_kms_key forget");
  });
});
