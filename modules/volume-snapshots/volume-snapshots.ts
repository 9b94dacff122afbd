import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { InvalidProps } from "../../src/core/invalid-props";
import { nameLimits, physicalName } from "../../src/core/names";
import { plainTags } from "../../src/core/plain-tags";
import { isWhole } from "../../src/core/whole";

export interface VolumeSnapshotsProps {
  /** Name of the system and its environment, such as `guestbook-dev`: first part of all names in AWS. */
  readonly name: string;
  /**
   * Which volumes: those of the account and region that carry any of these tags, whoever made them. The data volumes of slots
   * carry `slipway:data` with the name of their system.
   */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Days that a snapshot is kept. The last one of a volume that is gone stays until somebody deletes it.
   * @default 14
   */
  readonly keepDays?: number;
  /**
   * Hour of the day, in UTC, in which AWS begins.
   * @default 3
   */
  readonly hour?: number;
}

/**
 * A snapshot of each of a system's data volumes every day, by Amazon Data Lifecycle Manager. It is what the volume held at that
 * moment, as after a power failure. Only blocks that have changed are copied and billed, by the gigabyte and month.
 *
 * A volume is restored by hand: `aws ec2 create-volume --snapshot-id` in the zone of its machine. When this is removed from the
 * code, the snapshots stay, and nobody deletes them any more.
 */
export class VolumeSnapshots extends Construct {
  constructor(scope: Construct, id: string, props: VolumeSnapshotsProps) {
    super(scope, id);
    const { name, keepDays = 14, hour = 3 } = props;
    this.check(props.tags, keepDays, hour);
    const tags = plainTags(props.tags, {});

    const words = [name, id];
    const role = this.role(words, tags);
    new DlmLifecyclePolicy(this, "policy", {
      description: `Daily snapshots of ${words.join("-")}`.replace(/[^0-9A-Za-z _-]/g, " ").slice(0, 500),
      executionRoleArn: role.arn,
      state: "ENABLED",
      policyDetails: {
        resourceTypes: ["VOLUME"],
        targetTags: tags,
        schedule: [
          {
            name: "daily",
            // By these the role knows whose snapshots it may delete.
            copyTags: true,
            createRule: { interval: 24, intervalUnit: "HOURS", times: [`${`${hour}`.padStart(2, "0")}:00`] },
            retainRule: { interval: keepDays, intervalUnit: "DAYS" },
          },
        ],
      },
      tags: { Name: words.join("-") },
    });
  }

  private role(words: readonly string[], tags: Readonly<Record<string, string>>): IamRole {
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const role = new IamRole(this, "role", {
      name: physicalName(words, nameLimits.role),
      description: `Takes the snapshots of ${this.node.path}`,
      assumeRolePolicy: allowing({
        Action: "sts:AssumeRole",
        Principal: { Service: "dlm.amazonaws.com" },
        // The service works for every account: it may take this role on behalf of this one only.
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      }),
    });
    const [volumes, snapshots] = ["arn:*:ec2:*:*:volume/*", "arn:*:ec2:*::snapshot/*"];
    new IamRolePolicy(this, "rights", {
      name: "snapshots",
      role: role.name,
      policy: allowing(
        // AWS knows no narrower resource: which volumes and snapshots are there.
        { Action: ["ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeVolumes"], Resource: ["*"] },
        { Action: ["ec2:CreateSnapshot", "ec2:CreateTags"], Resource: [snapshots] },
        ...Object.entries(tags).flatMap(([key, value]) => {
          const Condition = { StringEquals: { [`aws:ResourceTag/${key}`]: value } };
          return [
            { Action: ["ec2:CreateSnapshot"], Resource: [volumes], Condition },
            { Action: ["ec2:DeleteSnapshot"], Resource: [snapshots], Condition },
          ];
        }),
      ),
    });
    return role;
  }

  private check(tags: Readonly<Record<string, string>>, keepDays: number, hour: number): void {
    const refuse = (prop: string, got: unknown, want: string, fix: string): never => {
      throw new InvalidProps(this, { prop, got, want, fix });
    };
    if (Object.keys(tags).length === 0) {
      refuse("tags", tags, "at least one tag", "name the tag that the volumes carry, such as slipway:data");
    }
    if (!isWhole(keepDays, 1, 3650)) {
      refuse(
        "keepDays",
        keepDays,
        "a whole number from 1 to 3650",
        "to have no snapshots, leave this out of the stack",
      );
    }
    if (!isWhole(hour, 0, 23)) refuse("hour", hour, "a whole hour from 0 to 23", "write the hour in UTC");
  }
}
