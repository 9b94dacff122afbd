import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { DataKey, type DataKeyProps } from ".";

const key = (more: Partial<DataKeyProps> = {}) =>
  synthesize((stack) => new DataKey(stack, "data-key", { name: "shop-dev", region: "eu-west-1", ...more })).one(KmsKey);

interface Statement {
  readonly Effect: string;
  readonly Principal: object;
  readonly Action: string | readonly string[];
  readonly Condition?: Record<string, Record<string, string | readonly string[]>>;
}
const statements = (): Statement[] => JSON.parse(key().policy).Statement;
const account = /^\$\{data\.aws_caller_identity\.data-key_account_\w+\.account_id\}$/;

describe("a key for data (S2-W03)", () => {
  it("is in the hands of its account, which alone may do everything with it", () => {
    const whole = statements().filter(({ Action }) => JSON.stringify(Action).includes("kms:*"));
    expect(whole).toEqual([
      expect.objectContaining({ Principal: { AWS: expect.stringMatching(/:iam::\$\{[^}]+\.account_id\}:root$/) } }),
    ]);
  });

  it("is used through the services that keep data, of this account and region, and in no other way", () => {
    const others = statements().slice(1);
    expect(others).toHaveLength(2);
    for (const { Effect, Condition } of others) {
      expect(Effect).toBe("Allow");
      const { "kms:CallerAccount": caller, "kms:ViaService": services } = Condition!.StringEquals!;
      expect(caller).toMatch(account);
      expect((services as string[]).map((one) => one.replace(/\$\{.*\}$/, ""))).toEqual(
        ["rds", "ec2", "elasticfilesystem", "elasticache", "secretsmanager"].map((one) => `${one}.eu-west-1.`),
      );
    }
  });

  it("is handed on to a service of AWS only", () => {
    const grants = statements().filter(({ Action }) => JSON.stringify(Action).includes("kms:CreateGrant"));
    expect(grants.slice(-1)[0]!.Condition!.Bool).toEqual({ "kms:GrantIsForAWSResource": "true" });
    expect(grants).toHaveLength(1);
  });

  it("can be administered by nobody through a service", () => {
    const words = JSON.stringify(
      statements()
        .slice(1)
        .map(({ Action }) => Action),
    );
    expect(words).not.toMatch(/kms:(\*|Put|Schedule|Disable|Delete|Update|Tag|Cancel|Create[^G])/);
  });

  it("is renewed every year, and stays for as long as what nobody could read without it", () => {
    expect(key()).toMatchObject({
      ...{ enable_key_rotation: true, deletion_window_in_days: 30, lifecycle: { prevent_destroy: true } },
    });
    expect(key({ onRemoval: "destroy" })).not.toHaveProperty("lifecycle");
    expect(key({ onRemoval: "destroy" }).deletion_window_in_days).toBe(7);
  });
});
