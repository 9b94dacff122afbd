import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { StoredSecret, type StoredSecretProps } from ".";

const secret = (props: Partial<StoredSecretProps> = {}) =>
  synthesize((stack) => {
    const made = new StoredSecret(stack, "database-url", { name: "shop-dev", description: "The database", ...props });
    new TerraformOutput(stack, "told", { value: { arn: made.arn, fill: made.fillCommand } });
  });

describe("a stored secret", () => {
  it("is a place without a value: a person puts it in, and Terraform never sees it (S0-19) (problem 21)", () => {
    expect(secret().addresses()).toEqual([expect.stringMatching(/^aws_secretsmanager_secret\.database-url_secret_/)]);
  });

  it("says how it is filled, with the value in no argument list", () => {
    const { arn, fill } = secret().document.output.told.value;
    expect(arn).toMatch(/^\$\{aws_secretsmanager_secret\.database-url_secret_\w+\.arn\}$/);
    expect(fill).toMatch(/^printf %s "\$\(cat\)" \| aws secretsmanager put-secret-value --region /);
    expect(fill).toContain(` --secret-id ${arn} --secret-string file:///dev/stdin`);
  });

  it("says in which region, which AWS's command does not read from the ARN", () => {
    const { arn, fill } = secret().document.output.told.value;
    expect(fill).toContain(` --region \${element(split(":", ${arn.slice(2, -1)}), 3)} --secret-id `);
  });

  it("can be restored for 30 days, unless nothing is to be kept", () => {
    expect(secret().one(SecretsmanagerSecret).recovery_window_in_days).toBe(30);
    expect(secret({ onRemoval: "destroy" }).one(SecretsmanagerSecret).recovery_window_in_days).toBe(0);
  });

  it("can be made anew while the one before waits to be forgotten: its name is never used twice", () => {
    const { name, name_prefix } = secret().one(SecretsmanagerSecret);
    expect([name, name_prefix]).toEqual([undefined, "shop-dev-database-url-"]);
  });

  it("describes itself in words that Terraform does not evaluate", () => {
    expect(secret({ description: "${x}" }).one(SecretsmanagerSecret).description).toBe("$${x}");
  });

  it.each(["", "  ", "x".repeat(2049)])("refuses a description that says nothing or too much", (description) => {
    expect(() => secret({ description })).toThrow("test/database-url: description must be 1 to 2048 characters");
  });
});
