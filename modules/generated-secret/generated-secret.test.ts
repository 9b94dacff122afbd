import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { GeneratedSecret, type GeneratedSecretProps } from ".";

const props: GeneratedSecretProps = { name: "blog-dev", description: "The blog's database", username: "blog" };
const secret = (more: Partial<GeneratedSecretProps> = {}) =>
  synthesize((stack) => new GeneratedSecret(stack, "account", { ...props, ...more }));
const value = (more: Partial<GeneratedSecretProps> = {}) => secret(more).one(SecretsmanagerSecretVersion);

describe("a generated secret", () => {
  it("has a password that AWS draws and Terraform never writes down (problem 21)", () => {
    const { document } = secret();
    expect(document.ephemeral).toEqual({
      aws_secretsmanager_random_password: { account: { password_length: 32, exclude_punctuation: true } },
    });
    expect(value().secret_string_wo).toBe(
      '${jsonencode({"username" = "blog", "password" = ephemeral.aws_secretsmanager_random_password.account.random_password})}',
    );
    // Terraform refuses an ephemeral value anywhere but in a write-only argument.
    expect(value()).not.toHaveProperty("secret_string");
    expect(document.resource).not.toHaveProperty("random_password");
    expect(document).not.toHaveProperty("data");
  });

  it("has further values where several are wanted, none of which is like another", () => {
    const { document, one } = secret({ further: ["auth_key", "auth_salt"] });
    const drawn = Object.keys(document.ephemeral.aws_secretsmanager_random_password);
    expect(drawn).toEqual(["account", "account_auth_key", "account_auth_salt"]);
    const text = one(SecretsmanagerSecretVersion).secret_string_wo;
    for (const key of ["auth_key", "auth_salt"]) {
      expect(text).toContain(`"${key}" = ephemeral.aws_secretsmanager_random_password.account_${key}.random_password`);
    }
  });

  it.each([[["password"]], [["a", "a"]], [["A"]], [["a b"]], [["${a}"]]])("refuses %j as further keys", (further) => {
    expect(() => secret({ further })).toThrow("test/account: further must be different keys of lower-case letters");
  });

  it("gets another password when its version changes, and at no other time", () => {
    expect(value().secret_string_wo_version).toBe(1);
    const [before, after] = [secret(), secret({ version: 2 })];
    expect(after.one(SecretsmanagerSecretVersion).secret_string_wo_version).toBe(2);
    expect(after.one(SecretsmanagerSecret)).toEqual(before.one(SecretsmanagerSecret));
    expect(after.addresses()).toEqual(before.addresses());
  });

  it("can be restored for 30 days, unless nothing is to be kept", () => {
    expect(secret().one(SecretsmanagerSecret).recovery_window_in_days).toBe(30);
    expect(secret({ onRemoval: "destroy" }).one(SecretsmanagerSecret).recovery_window_in_days).toBe(0);
  });

  it("can be made anew while the one before waits to be forgotten: its name is never used twice", () => {
    const { name, name_prefix } = secret().one(SecretsmanagerSecret);
    expect([name, name_prefix]).toEqual([undefined, "blog-dev-account-"]);
  });

  it("keeps apart from another one", () => {
    const { document } = synthesize((stack) => {
      for (const system of ["shop", "blog"]) new GeneratedSecret(new Construct(stack, system), "account", props);
    });
    expect(Object.keys(document.ephemeral.aws_secretsmanager_random_password)).toHaveLength(2);
    const texts = Object.values<{ secret_string_wo: string }>(document.resource.aws_secretsmanager_secret_version);
    expect(new Set(texts.map(({ secret_string_wo }) => secret_string_wo)).size).toBe(2);
  });

  it("tells others its ARN, and when it can be read", () => {
    const { document, one } = synthesize((stack) => {
      const { arn, value } = new GeneratedSecret(stack, "account", props);
      new TerraformOutput(stack, "told", { value: arn });
      new Vpc(stack, "reader", { cidrBlock: "10.0.0.0/16", dependsOn: [value] });
    });
    expect(document.output.told.value).toMatch(/^\$\{aws_secretsmanager_secret\.account_secret_\w+\.arn\}$/);
    expect(one(Vpc).depends_on).toEqual([expect.stringMatching(/^aws_secretsmanager_secret_version\.account_value_/)]);
  });

  it("describes itself in words that Terraform does not evaluate", () => {
    expect(secret({ description: "${x}" }).one(SecretsmanagerSecret).description).toBe("$${x}");
  });

  it.each(["", "-blog", "a b", 'a"b', "${blog}", "b".repeat(64)])("refuses the name %j", (username) => {
    expect(() => secret({ username })).toThrow("test/account: username must be 1 to 63 letters, digits and");
  });

  it.each([0, 1.5, -1, 2_147_483_648])("refuses %j as version", (version) => {
    expect(() => secret({ version })).toThrow("test/account: version must be a whole number from 1 to 2147483647");
  });
});
