import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { changed, writtenStack } from "../../src/testing/guestbook";
import { terraformWithStandIn } from "../support/aws";
import { succeeded } from "../support/process";
import { describeWith } from "../support/requirements";
import { type Json, type Stack, stackOf } from "../support/stacks";
import { newWorld, Workspace } from "../support/terraform";

const requirements = await terraformWithStandIn();
const root = join(__dirname, "../..");

const guestbook = (values: Readonly<Record<string, unknown>> = {}): Stack => {
  const { name, document } = writtenStack(changed(values));
  return stackOf(name, document);
};

/** What cloud-init reads on machines of a template, as Terraform has made it. */
function bootOf(
  state: readonly Json[],
  machine: string,
): { text: string; files: Record<string, string>; run: unknown } {
  const { values } = state.find(
    ({ type, values: { name } }) => type === "aws_launch_template" && name.endsWith(machine),
  )!;
  const text = Buffer.from(values.user_data, "base64").toString();
  const { write_files, runcmd } = parse(text);
  const content = (file: Json) =>
    file.encoding === "gz+b64" ? gunzipSync(Buffer.from(file.content, "base64")).toString() : file.content;
  return { text, files: Object.fromEntries(write_files.map((file: Json) => [file.path, content(file)])), run: runcmd };
}

describeWith("the guestbook, once it has been applied", requirements, () => {
  let workspace: Workspace;
  let state: Json[];
  beforeAll(async () => {
    workspace = new Workspace(guestbook(), { world: newWorld() });
    await workspace.validate();
    await succeeded(workspace.apply());
    state = await workspace.state();
  });
  const id = (type: string, part: string) =>
    state.find((each) => each.type === type && each.address.includes(part))!.values;

  it.each([
    "web",
    "registry",
    "puppet",
  ])("hands %s user data that EC2 takes and cloud-init unpacks (S0-35)", (machine) => {
    const { text, files, run } = bootOf(state, machine);
    expect(Buffer.byteLength(text)).toBeLessThan(16_384);
    const plans = JSON.parse(readFileSync(join(root, "systems/guestbook/boot/files.json"), "utf8"));
    const plan = plans[machine === "puppet" ? "server" : "agent"];
    for (const { source, path } of plan.files) expect(files[path]).toBe(readFileSync(join(root, source), "utf8"));
    expect(run).toEqual([plan.run]);
  });

  it("tells them where to find their key, their data and their code (S0-36, S0-D03)", () => {
    const settings = (machine: string, kind: string) =>
      JSON.parse(bootOf(state, machine).files[`/etc/slipway/puppet-${kind}.json`]!);
    const keySecretArn = id("aws_secretsmanager_secret", "preshared-key").arn;
    expect(settings("web", "agent")).toMatchObject({ role: "guestbook", keySecretArn });
    expect(settings("registry", "agent")).toMatchObject({
      ...{ role: "registry", keySecretArn, dataVolume: id("aws_ebs_volume", "registry").id },
    });
    expect(settings("puppet", "server")).toMatchObject({
      ...{ keySecretArn, dataVolume: id("aws_ebs_volume", "puppet").id },
      controlRepository: { bucket: id("aws_s3_bucket", "control").bucket },
    });
  });

  it("has the control repository in its bucket, to the byte, with what only AWS knows beside it (S0-29, S0-31)", () => {
    const objects = state.filter(({ type }) => type === "aws_s3_object").map(({ values }) => values);
    const { content } = objects.find(({ key }) => key === "data/infrastructure.yaml")!;
    expect(parse(content)).toMatchObject({
      "profile::guestbook::redis_host": id("aws_elasticache_replication_group", "visits").primary_endpoint_address,
      "profile::guestbook::database_secret": id("aws_secretsmanager_secret", "database-url").arn,
    });
    const others = objects.filter(({ key }) => key !== "data/infrastructure.yaml");
    expect(others.length).toBeGreaterThan(5);
    for (const { key, content: text } of others) {
      expect(text).toBe(readFileSync(join(root, "systems/guestbook/puppet", key), "utf8"));
    }
  });

  it("is one machine more by one number, with alarms of its own, and nothing else changes (S0-38)", async () => {
    workspace.hold(guestbook({ "machines.count": 3, "machines.inService": 2 }).document);
    const changes = await workspace.changes();
    const alarms = changes.filter(({ type }) => type === "aws_cloudwatch_metric_alarm");
    expect(changes.filter((change) => !alarms.includes(change))).toEqual([
      { address: expect.stringContaining("web_machine-3"), type: "aws_instance", actions: ["create"] },
    ]);
    expect(alarms).not.toEqual([]);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({ address: expect.stringContaining("machine-3"), actions: ["create"] });
    }
  });

  it("leaves the deployed version to whoever deploys (S0-W04)", async () => {
    workspace.hold(guestbook({ firstVersion: "9.9.9" }).document);
    expect(await workspace.changes()).toEqual([]);
  });

  it("ends no machine for a new image: the templates change, and a person replaces machine by machine", async () => {
    workspace.hold(guestbook({ "image.name": "debian-13-amd64-20261101-2700" }).document);
    const changes = (await workspace.changes()).map(({ type, actions }) => `${type} ${actions.join("+")}`);
    expect(changes).toEqual(Array(3).fill("aws_launch_template update"));
  });
});
