import { beforeAll, expect, it } from "vitest";
import { changedMesos, writtenMesos } from "../../src/testing/guestbook-mesos";
import { askingFor, realVersion, terraformWithRealProvider, terraformWithStandIn } from "../support/aws";
import { succeeded } from "../support/process";
import { describeWith } from "../support/requirements";
import { type Json, type Stack, stackOf } from "../support/stacks";
import { newWorld, Workspace } from "../support/terraform";

const choices = {
  "management apart": { management: { apart: { chef: {} } } },
  "keepalived, and no Chef server": { "frontends.ha": "keepalived", configuration: "local" },
  "those who are admitted, and images of Docker Hub": {
    "entrance.admit": ["198.51.100.0/24"],
    registry: { dockerHub: "docker.io/team/guestbook" },
  },
};

const mesos = (values: Readonly<Record<string, unknown>> = {}): Stack => {
  const { name, document } = writtenMesos(changedMesos(values));
  return stackOf(name, document);
};

describeWith("the guestbook on Mesos, once it has been applied", await terraformWithStandIn(), () => {
  let workspace: Workspace;
  let state: Json[];
  beforeAll(async () => {
    workspace = new Workspace(mesos(), { world: newWorld() });
    await workspace.validate();
    await succeeded(workspace.apply());
    state = await workspace.state();
  });
  const all = (type: string) => state.filter((each) => each.type === type).map(({ values }) => values);

  it("tells its machines which volume is theirs, and who the others are (S1-32)", () => {
    const template = all("aws_launch_template").find(({ name }) => name === "guestbook-mesos-dev-zk-2")!;
    const boot = Buffer.from(template.user_data, "base64").toString();
    const { write_files } = JSON.parse(boot.replace("#cloud-config\n", ""));
    const node = JSON.parse(write_files.find(({ path }: Json) => path === "/etc/slipway/node.json").content);
    const volume = all("aws_ebs_volume").find(({ tags }) => tags.Name === "guestbook-mesos-dev-zk-2-data")!;
    expect(node).toMatchObject({ dataVolume: volume.id, hostname: "zk-2" });
    expect(node.attributes.guestbook_mesos.zookeeper.id).toBe(2);
  });

  it("has an Elastic IP that no machine was given (S1-45)", () => {
    const [entrance] = all("aws_eip").filter(({ tags }) => tags.Name === "guestbook-mesos-dev-entrance");
    expect(entrance!.domain).toBe("vpc");
    expect(all("aws_eip_association")).toEqual([]);
  });

  it("changes no machine that runs for a new type: the runbooks do, one by one (S1-33)", async () => {
    workspace.hold(mesos({ "masters.type": "t3.medium", "frontends.type": "t3.small" }).document);
    const changes = await workspace.changes();
    expect(new Set(changes.map(({ type }) => type))).toEqual(new Set(["aws_launch_template"]));
    expect(changes).toHaveLength(5);
  });

  it("gets a page, a key of its logs, a standby and longer logs while every machine stays", async () => {
    const options = { cloudwatchDashboard: true, logKey: "own", "database.multiAz": true, "network.flowLogDays": 90 };
    workspace.hold(mesos({ ...options, "cache.logDays": 90 }).document);
    const done = (await workspace.changes()).map(({ type, actions }) => `${type} ${actions.join("+")}`);
    expect([...new Set(done)].sort()).toEqual([
      "aws_cloudwatch_dashboard create",
      "aws_cloudwatch_log_group update",
      "aws_db_instance update",
      "aws_kms_key create",
    ]);
  });
});

describeWith(
  `the guestbook on Mesos for the real AWS provider ${realVersion}`,
  await terraformWithRealProvider(),
  () => {
    it.each(Object.entries(choices))("is valid with %s", (_, values) =>
      new Workspace(askingFor(realVersion, mesos(values)), { world: newWorld() }).validate());
  },
);

describeWith("a step of the masters, as Terraform compares it with the last one", await terraformWithStandIn(), () => {
  let workspace: Workspace;
  let names: string[] = [];
  beforeAll(async () => {
    const { aws_ssm_parameter: parameters } = mesos({ "masters.count": 5, "masters.running": { count: 3, quorum: 3 } })
      .document.resource;
    const { lifecycle, name } = Object.values<Json>(parameters).find(({ name }) => name.endsWith("/masters/applied"))!;
    // What Parameter Store says is a variable here.
    names = [name];
    const read = JSON.stringify(lifecycle).replaceAll(
      /data\.aws_ssm_parameters_by_path\.[\w-]+\.(names|values)/g,
      "var.$1",
    );
    const document = {
      terraform: {},
      variable: { names: { type: "list(string)" }, values: { type: "list(string)", sensitive: true } },
      resource: { terraform_data: { step: { lifecycle: JSON.parse(read) } } },
    };
    workspace = new Workspace(stackOf("step", document), { world: newWorld() });
    await workspace.validate();
  });

  it.each([
    ["five masters after three with the quorum of five", { count: 3, quorum: 3 }, 0],
    ["no note, as of a first apply", undefined, 0],
    ["a note that says something else", {}, 1],
    ["nothing that changes", { count: 5, quorum: 3 }, 0],
    ["five masters after three with the quorum of three (bad input 96)", { count: 3, quorum: 2 }, 1],
  ])("judges %s", async (_, before, code) => {
    const values = JSON.stringify(before ? [JSON.stringify(before)] : []);
    const plan = await workspace.plan(`-var=names=${JSON.stringify(before ? names : [])}`, `-var=values=${values}`);
    expect(plan.code).toBe(code);
    if (code === 1) expect(plan.output.replace(/[\s│]+/g, " ")).toContain("QUORUM_STEP: 5 masters of which 3 decide");
  });
});
