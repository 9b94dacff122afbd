import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import type { OnRemoval } from "../../src/core/removal";
import { isWhole } from "../../src/core/whole";
import { closedBucket } from "../closed-bucket";
import type { Statement } from "../machine-role";

export interface BackupBucketProps {
  /** First part of the bucket's name: the whole ends in a suffix of its own, as names are shared by all accounts of AWS. */
  readonly name: string;
  /** Days that a backup is kept, and as many again after it was overwritten or deleted. */
  readonly keepDays: number;
  /**
   * Whether the backups may go with the bucket. With `keep`, Terraform refuses to plan its end or replacement.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * Where machines put their backups: each below a prefix of its own, and none may read or delete one, its own included. People restore
 * them, with rights of their own.
 */
export class BackupBucket extends Construct {
  /** Name of the bucket. Known only after apply. */
  readonly bucket: string;
  private readonly arn: string;

  constructor(scope: Construct, id: string, { name, keepDays, onRemoval = "keep" }: BackupBucketProps) {
    super(scope, id);
    if (!isWhole(keepDays, 1, 3650)) {
      const [want, fix] = ["a whole number from 1 to 3650", "a month is 30"];
      throw new InvalidProps(this, { prop: "keepDays", got: keepDays, want, fix });
    }
    const { bucket } = closedBucket(this, {
      ...{ name, versions: true, onRemoval },
      expiry: {
        id: "old-backups",
        expiration: [{ days: keepDays }],
        noncurrentVersionExpiration: [{ noncurrentDays: keepDays }],
      },
    });
    this.bucket = bucket.bucket;
    this.arn = bucket.arn;
  }

  /** What whoever backs up below a prefix, such as `gocd/`, must be allowed. */
  writeStatement(prefix: string): Statement {
    if (!/^([a-z0-9-]+\/)+$/.test(prefix)) {
      const want = "words of lower-case letters, digits and dashes, each followed by a slash";
      throw new InvalidProps(this, { prop: "prefix", got: prefix, want, fix: "write a prefix such as gocd/" });
    }
    return { actions: ["s3:PutObject"], resources: [`${this.arn}/${prefix}*`] };
  }
}
