import { BackupPlan as AwsBackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { InvalidProps } from "../../src/core/invalid-props";
import { throughServices, wholeKey } from "../../src/core/key-policy";
import { nameLimits, physicalName } from "../../src/core/names";
import { plainTags } from "../../src/core/plain-tags";
import { watchedVault } from "../../src/core/watched/backups";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { complaintsAbout } from "./checks";
import type { BackupPlanProps } from "./props";
import { rightsOf } from "./rights";

export type { BackupPlanProps } from "./props";

/**
 * A copy of everything that carries a tag, every night, in a vault of AWS Backup: RDS, Aurora, EFS and volumes of EBS. Nobody who may
 * change a database may therefore delete its copies, and they outlive what they are copies of.
 *
 * The first copy is whole, later ones hold what has changed; all are billed by the gigabyte and month, and a key by the month. Files
 * are encrypted with the vault's key, everything else with its own.
 *
 * A copy of a database or a volume is a snapshot of RDS or EC2 like any other, and is restored like one. Files are restored by
 * `aws backup start-restore-job` with `roleArn`. An account takes copies only of the kinds that it has opted in to, in each region;
 * Aurora is not among them by itself.
 */
export class BackupPlan extends Construct implements Watchable {
  /** Plain text. */
  readonly vaultName: string;
  /** Role that takes the copies, and restores files. */
  readonly roleArn: string;
  readonly watched: Watched;

  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    for (const complaint of complaintsAbout(props)) throw new InvalidProps(this, complaint);
    const { name, region, onRemoval = "keep", keepDays = 35, monthlyKeepDays, hour = 1, lock = "none" } = props;
    const kept = onRemoval === "keep";
    const tags = plainTags(props.tags, {});
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const { partition, dnsSuffix } = new DataAwsPartition(this, "partition", {});

    const key = new KmsKey(this, "key", {
      description: `Backups of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: kept ? 30 : 7,
      policy: allowing(
        wholeKey({ accountId, partition }),
        ...throughServices({ accountId, region, dnsSuffix }, ["backup"]),
      ),
      tags: { Name: `${name}-backups` },
      lifecycle: kept ? { preventDestroy: true } : undefined,
    });
    this.vaultName = physicalName([name], nameLimits.backupVault);
    const vault = new BackupVault(this, "vault", {
      name: this.vaultName,
      kmsKeyArn: key.arn,
      forceDestroy: !kept,
      lifecycle: kept ? { preventDestroy: true } : undefined,
    });
    if (lock === "governance") {
      // Without changeable_for_days, who has the right may open it again: with it, nobody ever could.
      new BackupVaultLockConfiguration(this, "lock", { backupVaultName: vault.name, minRetentionDays: keepDays });
    }
    const role = this.role(name);
    this.roleArn = role.arn;
    const rights = new IamRolePolicy(this, "rights", {
      name: "backups",
      role: role.name,
      policy: allowing(
        ...rightsOf({ tags, kinds: props.kinds, vaultArn: vault.arn, keyArns: [key.arn, ...(props.keyArns ?? [])] }),
      ),
    });
    const rule = (ruleName: string, daysOfMonth: string, deleteAfter: number) => ({
      ...{ ruleName, targetVaultName: vault.name, lifecycle: { deleteAfter } },
      schedule: `cron(0 ${hour} ${daysOfMonth} * ? *)`,
      // Within the hour, so that it is over before RDS takes its own.
      startWindow: 60,
    });
    const plan = new AwsBackupPlan(this, "plan", {
      name: this.vaultName,
      // The first of a month has one copy, which is kept for longer.
      rule:
        monthlyKeepDays === undefined
          ? [rule("daily", "*", keepDays)]
          : [rule("daily", "2-31", keepDays), rule("monthly", "1", monthlyKeepDays)],
    });
    new BackupSelection(this, "selection", {
      name: this.vaultName,
      planId: plan.id,
      iamRoleArn: role.arn,
      selectionTag: Object.entries(tags).map(([tag, value]) => ({ type: "STRINGEQUALS", key: tag, value })),
      dependsOn: [rights],
    });
    this.watched = watchedVault(this.vaultName, props.kinds.length);
  }

  private role(name: string): IamRole {
    return new IamRole(this, "role", {
      name: physicalName([name, "backups"], nameLimits.role),
      description: `Takes the copies of ${this.node.path}`,
      // AWS Backup takes no role of another account, and promises no condition by which to say so here.
      assumeRolePolicy: allowing({ Action: "sts:AssumeRole", Principal: { Service: "backup.amazonaws.com" } }),
    });
  }
}
