import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GeneratedSecret } from "../../modules/generated-secret";
import { synthesize } from "../../src/testing/synthesize";
import { Emulator } from "../machine/harness/emulator";
import { CleanUp, docker, tryDocker, uniqueName } from "../machine/harness/engine";
import { makesImages } from "../machine/harness/images";
import { realVersion, terraformWithRealProvider } from "../support/aws";
import { describeWith } from "../support/requirements";
import { type Json, stackOf } from "../support/stacks";
import { newWorld, Workspace } from "../support/terraform";

const requirements = [...(await terraformWithRealProvider()), ...(await makesImages())];
const region = "eu-west-3";

/** The account of a blog with the n-th password that it has had, in an AWS that is a container. */
function described(version: number, url: string): Json {
  const { document } = synthesize((stack) => {
    const props = { name: "blog-test", description: "Account of a blog", username: "blog", version };
    new GeneratedSecret(stack, "account", { ...props, onRemoval: "destroy" });
  });
  document.terraform.required_providers.aws.version = realVersion;
  document.provider.aws = [
    {
      ...{ region, access_key: "test", secret_key: "test", endpoints: [{ secretsmanager: url, sts: url, iam: url }] },
      ...{ skip_metadata_api_check: "true", skip_credentials_validation: true, skip_requesting_account_id: true },
    },
  ];
  return document;
}

/** The text of a secret. The emulator reads service and region from the signature, and does not check it. */
async function secretText(url: string, SecretId: string): Promise<string> {
  const scope = `20260101/${region}/secretsmanager/aws4_request`;
  const headers = {
    Authorization: `AWS4-HMAC-SHA256 Credential=test/${scope}, SignedHeaders=host, Signature=0`,
    "X-Amz-Target": "secretsmanager.GetSecretValue",
  };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ SecretId }) });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { SecretString: string }).SecretString;
}

// Only the real provider draws a password; only an AWS API says which one arrived.
describeWith("a generated secret, by the real AWS provider", requirements, () => {
  const cleanUp = new CleanUp();
  let emulator: Emulator;
  let workspace: Workspace;
  beforeAll(async () => {
    const network = uniqueName("net");
    await docker("network", "create", network);
    cleanUp.add(() => tryDocker("network", "rm", network));
    emulator = await Emulator.start(network, region, cleanUp);
    workspace = new Workspace(stackOf("generated-secret", described(1, emulator.url)), { world: newWorld() });
    await workspace.validate();
  });
  afterAll(() => cleanUp.run());

  const arn = async (): Promise<string> =>
    (await workspace.state()).find(({ type }) => type === "aws_secretsmanager_secret")!.values.arn;
  const stored = async (): Promise<Record<string, string>> => JSON.parse(await secretText(emulator.url, await arn()));
  const file = (name: string) => readFileSync(join(workspace.folder, name), "latin1");

  it("is planned without its password, which nobody has drawn by then (S3-W06, problem 21)", async () => {
    const changes = await workspace.changes();
    expect(changes.map(({ type, actions }) => [type, ...actions])).toEqual([
      ["aws_secretsmanager_secret", "create"],
      ["aws_secretsmanager_secret_version", "create"],
    ]);
    expect((await workspace.plan()).output).toContain("secret_string_wo         = (write-only attribute)");
  });

  it("holds name and password, and the state holds no password (S3-W06, problem 21)", async () => {
    expect((await workspace.apply()).output).toContain("Apply complete!");
    const { username, password, ...rest } = await stored();
    expect([username, password, rest]).toEqual(["blog", expect.stringMatching(/^[A-Za-z0-9]{32}$/), {}]);
    expect(file("terraform.tfstate")).toContain(await arn());
    expect(file("terraform.tfstate")).not.toContain(password!);
  });

  it("keeps its password while nothing changes", async () => {
    const before = await stored();
    expect(await workspace.again()).toMatchObject({ code: 0 });
    expect((await workspace.apply()).output).toContain("0 added, 0 changed, 0 destroyed");
    expect(await stored()).toEqual(before);
  });

  it("gets another password with another version, under the same ARN", async () => {
    const [before, name] = [await stored(), await arn()];
    workspace.hold(described(2, emulator.url));
    expect((await workspace.apply()).output).toContain("Apply complete!");
    const after = await stored();
    expect(after.password).not.toBe(before.password);
    expect(await arn()).toBe(name);
    for (const { password } of [before, after]) {
      expect(file("terraform.tfstate") + file("terraform.tfstate.backup")).not.toContain(password!);
    }
  });

  it("goes with its stack", async () => {
    expect((await workspace.destroy()).output).toContain("Destroy complete!");
  });
});
