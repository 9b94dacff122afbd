import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { type Block, synthesize } from "../../src/testing/synthesize";
import { Notifications, type NotificationsProps } from ".";

const props = { name: "shop-dev", region: "eu-west-1", emails: ["ops@example.org"] };
const told = (more: Partial<NotificationsProps> = {}) =>
  synthesize((stack) => {
    const { alarmTopicArn, eventTopicArn = "none" } = new Notifications(stack, "told", { ...props, ...more });
    new TerraformOutput(stack, "topics", { value: { alarmTopicArn, eventTopicArn } });
  });
const statements = (policy: string): Block[] => JSON.parse(policy).Statement;

describe("notifications", () => {
  it("pass on by mail what alarms say", () => {
    const { one } = told();
    expect(one(SnsTopicSubscription)).toMatchObject({ protocol: "email", endpoint: "ops@example.org" });
    expect(one(SnsTopic).name).toBe("shop-dev-alarms");
  });

  it("are all in the region of another provider, where one is named", () => {
    const far = synthesize((stack) => {
      const provider = new AwsProvider(stack, "far", { region: "us-east-1", alias: "far" });
      new Notifications(stack, "told", { ...props, region: "us-east-1", cacheEvents: true, provider });
    });
    const regional = [KmsKey, SnsTopic, SnsTopicPolicy, SnsTopicSubscription].flatMap((kind) => far.all(kind));
    expect(regional).toHaveLength(7);
    for (const { provider } of regional) expect(provider).toBe("aws.far");
  });

  it("are encrypted by a key that CloudWatch may use, which the key of SNS itself does not let it", () => {
    const { one } = told();
    expect(one(SnsTopic).kms_master_key_id).toMatch(/^\$\{aws_kms_key\.told_key_\w+\.arn\}$/);
    expect(one(KmsKey).enable_key_rotation).toBe(true);
    expect(statements(one(KmsKey).policy)).toContainEqual(
      expect.objectContaining({
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      }),
    );
  });

  it("come from alarms of this account and region only", () => {
    const [access, ...others] = statements(told().one(SnsTopicPolicy).policy);
    expect(others).toEqual([]);
    expect(access).toMatchObject({
      ...{ Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" }, Action: "sns:Publish" },
      Condition: {
        StringEquals: { "aws:SourceAccount": expect.stringContaining("account_id") },
        ArnLike: { "aws:SourceArn": expect.stringMatching(/:cloudwatch:eu-west-1:\$\{.*account_id\}:alarm:\*$/) },
      },
    });
  });

  it("come from Prometheus too where that is asked for, of workspaces of this account and region only (S2-W13)", () => {
    const services = (policy: string) => statements(policy).map(({ Principal: { Service } }) => Service);
    const { one } = told({ prometheus: true });
    expect(services(one(SnsTopicPolicy).policy)).toEqual(["cloudwatch.amazonaws.com", "aps.amazonaws.com"]);
    expect(services(one(KmsKey).policy)).toContain("aps.amazonaws.com");
    const [, alerts] = statements(one(SnsTopicPolicy).policy);
    expect(alerts!.Condition.ArnLike["aws:SourceArn"]).toMatch(/:aps:eu-west-1:\$\{.*account_id\}:workspace\/\*$/);
    expect(services(told().one(KmsKey).policy)).not.toContain("aps.amazonaws.com");
  });

  it("come from machines whose roles have the rights for that: at this topic and by its key, and nothing else", () => {
    const { document } = synthesize((stack) => {
      const { publishStatements } = new Notifications(stack, "told", { ...props, cacheEvents: true });
      new TerraformOutput(stack, "rights", { value: publishStatements });
    });
    expect(document.output.rights.value).toEqual([
      {
        actions: ["sns:Publish"],
        resources: [expect.stringMatching(/^\$\{aws_sns_topic_policy\.told_alarms-access_\w+\.arn\}$/)],
      },
      {
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: [expect.stringMatching(/^\$\{aws_kms_key\.told_key_\w+\.arn\}$/)],
      },
    ]);
  });

  it("have a second topic for caches, which write to none that is encrypted (S0-45)", () => {
    const { all, document } = told({ cacheEvents: true });
    const events = all(SnsTopic).find((topic) => topic.name === "shop-dev-events")!;
    expect(events).not.toHaveProperty("kms_master_key_id");
    const policies = all(SnsTopicPolicy).map((each) => statements(each.policy)[0]!);
    expect(policies).toContainEqual(
      expect.objectContaining({
        Principal: { AWS: "*" },
        Action: "sns:Publish",
        Condition: { StringEquals: { "AWS:SourceOwner": expect.stringContaining("account_id") } },
      }),
    );
    expect(document.output.topics.value.eventTopicArn).toMatch(
      /^\$\{aws_sns_topic_policy\.told_events-access_\w+\.arn\}$/,
    );
    expect(told().document.output.topics.value.eventTopicArn).toBe("none");
  });

  it("ask everybody on every topic, under addresses that stay when somebody joins", () => {
    const both = told({ emails: ["new@example.org", "ops@example.org"], cacheEvents: true });
    expect(both.all(SnsTopicSubscription)).toHaveLength(4);
    expect(both.addresses()).toEqual(expect.arrayContaining(told().addresses()));
  });

  it("keep their key for a while after their end", () => {
    const days = (more: Partial<NotificationsProps>) => told(more).one(KmsKey).deletion_window_in_days;
    expect([days({}), days({ onRemoval: "destroy" })]).toEqual([30, 7]);
  });

  it.each([
    [[]],
    [["ops"]],
    [["ops@localhost"]],
    [["a b@example.org"]],
    [["${x}@example.org"]],
  ])("refuse %j as readers", (emails) =>
    expect(() => told({ emails })).toThrow("test/told: emails must be at least one mail address"));

  it("refuse a reader who is named twice", () => {
    expect(() => told({ emails: ["a@example.org", "a@example.org"] })).toThrow(
      "emails must be different from each other",
    );
  });
});
