import { beforeAll, expect, it } from "vitest";
import { devWith, writtenBy } from "../../src/testing/copies";
import { makeDashboard } from "../../src/testing/dashboard";
import { askingFor, realVersion, terraformWithRealProvider, terraformWithStandIn } from "../support/aws";
import { succeeded } from "../support/process";
import { describeWith } from "../support/requirements";
import { type Json, type Stack, stackOf } from "../support/stacks";
import { type Change, newWorld, Workspace } from "../support/terraform";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1S me@example.com";
const choices = {
  "a bastion for Session Manager": { bastion: {} },
  "a bastion for one address": { bastion: { ssh: { from: "198.51.100.7/32", publicKey } } },
  "machines each for itself": { "machines.mode": "single" },
  "machines behind NAT": { "network.nat": "one" },
};

const dashboard = (values: Readonly<Record<string, unknown>> = {}): Stack => {
  const { name, document } = writtenBy((app) => makeDashboard(app, devWith("dashboard", values)));
  return stackOf(name, document);
};

const summary = (changes: readonly Change[]) =>
  Object.fromEntries(
    ["create", "update", "delete"].map((action) => [
      action,
      changes.filter(({ actions }) => actions.includes(action)).length,
    ]),
  );

describeWith("the dashboard, once it has been applied", await terraformWithStandIn(), () => {
  let workspace: Workspace;
  let state: Json[];
  beforeAll(async () => {
    workspace = new Workspace(dashboard(), { world: newWorld() });
    await workspace.validate();
    await succeeded(workspace.apply());
    state = await workspace.state();
  });
  const one = (type: string) => state.find((each) => each.type === type)!.values;

  it("tells its machines where database and secrets are (S4-D07, S4-D11)", () => {
    const boot = Buffer.from(one("aws_launch_template").user_data, "base64").toString();
    const { write_files } = JSON.parse(boot.replace("#cloud-config\n", ""));
    const settings = JSON.parse(write_files[0].content);
    expect(settings).toMatchObject({
      databaseHost: one("aws_db_instance").address,
      autoScalingGroup: one("aws_autoscaling_group").name,
      mode: "cluster",
    });
    expect(settings.joinSecretArn).toMatch(/^arn:aws:secretsmanager:us-east-1:\d{12}:secret:dashboard-dev-swarm/);
  });

  it("gets a bastion, and loses it again, without any other change (S4-48)", async () => {
    workspace.hold(dashboard(choices["a bastion for one address"]).document);
    const more = await workspace.changes();
    expect(more.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
    expect(more.filter(({ address }) => !address.includes("bastion"))).toEqual([]);
    await succeeded(workspace.apply());
    workspace.hold(dashboard().document);
    const less = await workspace.changes();
    expect(summary(less)).toEqual({ create: 0, update: 0, delete: more.length });
  });

  it("gives its services another password without making a machine anew (S4-W01)", async () => {
    await succeeded(workspace.apply());
    workspace.hold(dashboard({ "database.secretVersion": 2 }).document);
    const changes = (await workspace.changes()).map(({ type }) => type);
    expect(new Set(changes)).toEqual(new Set(["aws_secretsmanager_secret_version"]));
  });
});

describeWith(`the dashboard for the real AWS provider ${realVersion}`, await terraformWithRealProvider(), () => {
  it.each(Object.entries(choices))("is valid with %s", (_, values) =>
    new Workspace(askingFor(realVersion, dashboard(values)), { world: newWorld() }).validate());
});
