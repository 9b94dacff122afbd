import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { throughServices, wholeKey } from "../../src/core/key-policy";
import type { OnRemoval } from "../../src/core/removal";

/** Services that keep data for a system, by the beginnings of their addresses: RDS, EBS, EFS, ElastiCache, Secrets Manager. */
export const dataServices = ["rds", "ec2", "elasticfilesystem", "elasticache", "secretsmanager"] as const;

export interface DataKeyProps {
  /** Name of the system and its environment, such as `shop-production`: the key's description and name. */
  readonly name: string;
  /** Region of the data. */
  readonly region: string;
  /**
   * With `keep`, Terraform refuses to remove the key for as long as it is in the code: nobody could read the data, their snapshots and
   * their backups without it. A stack that leaves it out must have Terraform forget it. Otherwise it can be had back for 7 days.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * A key of one's own for everything that a system stores: who may use it, and that nobody can any more, is then up to the account, and
 * every use is in CloudTrail. AWS encrypts the data in any case; without this, with keys of its own.
 *
 * A key costs by the month and by use; with its yearly rotation, which keeps the earlier material, up to three times as much. A
 * database, a file system, a volume or a cache has the key that it was made with: **another one replaces it**, and none keeps it as it
 * is. Secrets take it in place.
 */
export class DataKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, region, onRemoval = "keep" }: DataKeyProps) {
    super(scope, id);
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const { partition, dnsSuffix } = new DataAwsPartition(this, "partition", {});
    const kept = onRemoval === "keep";
    this.arn = new KmsKey(this, "key", {
      description: `Data of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: kept ? 30 : 7,
      policy: allowing(
        wholeKey({ accountId, partition }),
        ...throughServices({ accountId, region, dnsSuffix }, dataServices),
      ),
      tags: { Name: `${name}-data` },
      lifecycle: kept ? { preventDestroy: true } : undefined,
    }).arn;
  }
}
