import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { inThrowAwayApp, synthesize } from "../../src/testing/synthesize";
import { Publication, Subscription } from ".";

const path = "/shop/dev/orders";

const published = (values: Record<string, string>, at = path) =>
  synthesize((stack) => new Publication(stack, "published", { path: at, values }));

const reading = (...keys: string[]) =>
  synthesize((stack) => {
    const orders = new Subscription(stack, "orders", { path, from: "orders-dev" });
    keys.forEach((key, i) => {
      new TerraformOutput(stack, `read_${i}`, { value: orders.value(key) });
    });
  });

/** The reader's document, in one program with the owner. */
const together = (values: Record<string, string>, key: string, from = path) =>
  inThrowAwayApp((app) => {
    const owner = new TerraformStack(app, "orders-dev");
    const reader = new TerraformStack(app, "web-dev");
    new AwsProvider(reader, "aws", { region: "eu-west-1" });
    new Subscription(reader, "orders", { path: from, from: "orders-dev" }).value(key);
    new Publication(owner, "published", { path, values });
    return reader;
  });

describe("a publication", () => {
  it("keeps each value in a parameter of its own, at an address made of its key", () => {
    const made = published({
      url: "https://example.com",
      "cluster-arn": "arn:aws:ecs:eu-west-1:111122223333:cluster/x",
    });
    expect(made.all(SsmParameter)).toMatchObject([
      { name: "/shop/dev/orders/cluster-arn", insecure_value: "arn:aws:ecs:eu-west-1:111122223333:cluster/x" },
      { name: "/shop/dev/orders/url", type: "String", insecure_value: "https://example.com" },
    ]);
    expect(made.addresses()).toEqual([
      expect.stringMatching(/^aws_ssm_parameter\.published_cluster-arn_/),
      expect.stringMatching(/^aws_ssm_parameter\.published_url_/),
    ]);
  });

  it("shows its values in a plan: none is marked as a secret", () => {
    expect(Object.keys(published({ url: "x" }).one(SsmParameter))).not.toContain("value");
  });

  it("hands on what Terraform computes", () => {
    const made = synthesize((stack) => {
      const { id } = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
      new Publication(stack, "published", { path, values: { "vpc-id": id } });
    });
    expect(made.one(SsmParameter).insecure_value).toBe("${aws_vpc.vpc.id}");
  });

  it("keeps plain text from being evaluated by Terraform", () => {
    expect(published({ prompt: "${path.module} %{if}" }).one(SsmParameter).insecure_value).toBe(
      "$${path.module} %%{if}",
    );
  });

  it.each([
    "",
    "Vpc-Id",
    "vpc_id",
    "vpc-",
    "-vpc",
    "vpc--id",
    "vpc/id",
    "vpc.id",
    "1st",
  ])("refuses the key %j", (key) => {
    expect(() => published({ [key]: "x" })).toThrow("test/published: key must be lower-case words joined by dashes");
  });

  it.each(["password", "database-password", "api-token", "database-secret"])("refuses a secret as %s", (key) => {
    expect(() => published({ [key]: "x" })).toThrow(`publish where the secret is kept, as ${key}-arn`);
  });

  it("says where a secret is kept", () => {
    expect(published({ "database-secret-arn": "arn:x" }).one(SsmParameter).name).toBe(`${path}/database-secret-arn`);
  });

  it.each([
    "shop/dev",
    "/shop/dev/",
    "/shop//dev",
    "/",
    "",
    "/Shop",
    "/aws/shop",
    "/ssm-values",
    "/a b",
    "/${x}",
  ])("refuses the folder %j", (folder) => {
    expect(() => published({ url: "x" }, folder)).toThrow("test/published: path must be a folder of 1 to 14");
  });

  it.each([
    ["nothing", ""],
    ["more than a parameter holds", "x".repeat(4097)],
    ["what SSM reads as a reference", "{{ssm:other}}"],
  ])("refuses %s as a value", (_, value) => {
    expect(() => published({ url: value })).toThrow("test/published: values.url must be text of 1 to 4096 characters");
  });
});

describe("a subscription", () => {
  it("reads what its owner published, without a way to decrypt anything", () => {
    const made = reading("url");
    expect(made.one(DataAwsSsmParameter)).toMatchObject({ name: "/shop/dev/orders/url", with_decryption: false });
    expect(made.document.output.read_0.value).toMatch(/^\$\{data\.aws_ssm_parameter\.\S+\.insecure_value\}$/);
  });

  it("names the stack to apply first in the address that Terraform's error shows", () => {
    expect(reading("url").addresses()).toEqual([
      expect.stringMatching(/^data\.aws_ssm_parameter\.orders_from-orders-dev_url_/),
    ]);
  });

  it("reads a value once, however often it is used", () => {
    const made = reading("url", "url", "cluster-arn");
    expect(made.all(DataAwsSsmParameter)).toHaveLength(2);
    expect(made.document.output.read_0.value).toBe(made.document.output.read_1.value);
  });

  it("reads nothing that nobody asked for", () => {
    expect(reading().all(DataAwsSsmParameter)).toEqual([]);
  });

  it("touches neither the state nor the files of the owner (problem 26)", () => {
    const { document, json } = together({ url: "x" }, "url");
    expect(json).not.toMatch(/terraform_remote_state|tfstate"\s*:|depends_on/);
    expect(Object.keys(document.data)).toEqual(["aws_ssm_parameter"]);
  });

  it("refuses a key that its owner, in the same program, does not publish", () => {
    expect(() => together({ url: "x", "vpc-id": "y" }, "ulr")).toThrow(
      "/shop/dev/orders/ulr is read but not published; published are url, vpc-id",
    );
  });

  it("trusts an owner that is another program", () => {
    expect(together({ url: "x" }, "name", "/shop/dev/customers").one(DataAwsSsmParameter).name).toBe(
      "/shop/dev/customers/name",
    );
  });

  it("refuses a key and a folder that nobody could have published", () => {
    expect(() => reading("Vpc_Id")).toThrow("test/orders: key must be lower-case words joined by dashes");
    expect(() => synthesize((stack) => new Subscription(stack, "orders", { path: "orders", from: "x" }))).toThrow(
      "test/orders: path must be a folder",
    );
  });
});
