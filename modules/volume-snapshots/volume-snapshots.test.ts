import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { VolumeSnapshots, type VolumeSnapshotsProps } from ".";

const tags = { "slipway:data": "guestbook-dev" };
const snapshots = (props: Partial<VolumeSnapshotsProps> = {}) =>
  synthesize((stack) => new VolumeSnapshots(stack, "snapshots", { name: "guestbook-dev", tags, ...props }));
const policy = (props?: Partial<VolumeSnapshotsProps>) => snapshots(props).one(DlmLifecyclePolicy);
const schedule = (props?: Partial<VolumeSnapshotsProps>) => policy(props).policy_details.schedule[0];

describe("the snapshots of volumes", () => {
  it("are taken every day of the volumes with a tag, and kept for two weeks", () => {
    expect(policy()).toMatchObject({
      state: "ENABLED",
      description: "Daily snapshots of guestbook-dev-snapshots",
      policy_details: { resource_types: ["VOLUME"], target_tags: tags },
    });
    expect(schedule()).toMatchObject({
      create_rule: { interval: 24, interval_unit: "HOURS", times: ["03:00"] },
      retain_rule: { interval: 14, interval_unit: "DAYS" },
    });
  });

  it("are kept as long as asked, and begun when asked", () => {
    expect(schedule({ keepDays: 30, hour: 22 })).toMatchObject({
      create_rule: { times: ["22:00"] },
      retain_rule: { interval: 30, interval_unit: "DAYS" },
    });
  });

  it("are taken by a role that the service takes for this account only", () => {
    const [statement] = JSON.parse(snapshots().one(IamRole).assume_role_policy).Statement;
    expect(statement).toEqual({
      ...{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "dlm.amazonaws.com" } },
      Condition: {
        StringEquals: {
          "aws:SourceAccount": expect.stringMatching(
            /^\$\{data\.aws_caller_identity\.snapshots_account_\w+\.account_id\}$/,
          ),
        },
      },
    });
  });

  it("are deleted by it only where they carry the tag, which they have from their volume", () => {
    const { Statement } = JSON.parse(snapshots().one(IamRolePolicy).policy);
    const Condition = { StringEquals: { "aws:ResourceTag/slipway:data": "guestbook-dev" } };
    const allow = (Action: string, what: string) => ({
      Effect: "Allow",
      Action: [Action],
      Resource: [what],
      Condition,
    });
    expect(schedule().copy_tags).toBe(true);
    expect(Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeVolumes"],
        Resource: ["*"],
      },
      { Effect: "Allow", Action: ["ec2:CreateSnapshot", "ec2:CreateTags"], Resource: ["arn:*:ec2:*::snapshot/*"] },
      allow("ec2:CreateSnapshot", "arn:*:ec2:*:*:volume/*"),
      allow("ec2:DeleteSnapshot", "arn:*:ec2:*::snapshot/*"),
    ]);
  });

  it("are of the volumes with any of several tags", () => {
    const several = { "slipway:data": "guestbook-dev", backup: "${daily}" };
    const { one } = snapshots({ tags: several });
    expect(one(DlmLifecyclePolicy).policy_details.target_tags).toEqual({ ...several, backup: "$${daily}" });
    expect(JSON.parse(one(IamRolePolicy).policy).Statement).toHaveLength(6);
  });

  it.each<[string, Partial<VolumeSnapshotsProps>, string]>([
    ["no volume", { tags: {} }, "tags must be at least one tag"],
    ["no day", { keepDays: 0 }, "keepDays must be a whole number from 1 to 3650"],
    ["an hour that no clock shows", { hour: 24 }, "hour must be a whole hour from 0 to 23"],
  ])("refuse %s", (_, props, message) => {
    expect(() => snapshots(props)).toThrow(`test/snapshots: ${message}`);
  });
});
