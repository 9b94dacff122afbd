import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { LogKey, type LogKeyProps } from ".";

const key = (more: Partial<LogKeyProps> = {}) =>
  synthesize((stack) => new LogKey(stack, "log-key", { name: "shop-dev", region: "eu-west-1", ...more })).one(KmsKey);

describe("a key for logs", () => {
  it("is used by CloudWatch Logs, for log groups of this account and region only", () => {
    const [, logs] = JSON.parse(key().policy).Statement;
    expect(logs).toMatchObject({
      Principal: { Service: expect.stringMatching(/^logs\.eu-west-1\.\$\{data\.aws_partition\..*dns_suffix\}$/) },
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": expect.stringMatching(
            /:logs:eu-west-1:\$\{.*account_id\}:log-group:\*$/,
          ),
        },
      },
    });
    expect(logs.Action).not.toContain("kms:*");
  });

  it("is renewed every year, and stays in the account's hands", () => {
    expect(key().enable_key_rotation).toBe(true);
    expect(JSON.parse(key().policy).Statement[0]).toMatchObject({ Action: "kms:*" });
  });

  it("stays for as long as the logs that nobody could read without it", () => {
    expect(key().lifecycle).toEqual({ prevent_destroy: true });
    expect(key({ onRemoval: "destroy" })).not.toHaveProperty("lifecycle");
  });

  it("can be had back for some days where somebody removes it after all", () => {
    const days = (more: Partial<LogKeyProps>) => key(more).deletion_window_in_days;
    expect([days({}), days({ onRemoval: "destroy" })]).toEqual([30, 7]);
  });
});
