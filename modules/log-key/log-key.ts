import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { wholeKey } from "../../src/core/key-policy";
import type { OnRemoval } from "../../src/core/removal";

export interface LogKeyProps {
  /** Name of the system and its environment, such as `shop-dev`: the key's description and name. */
  readonly name: string;
  /** Region of the log groups. */
  readonly region: string;
  /**
   * With `keep`, Terraform refuses to remove the key for as long as it is in the code: the logs outlive the stack, and nobody could
   * read them without it. A stack that leaves it out must have Terraform forget it. Otherwise it can be had back for 7 days.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * A key of one's own for log groups of CloudWatch: who may use it, and that nobody can any more, is then up to the account. CloudWatch
 * encrypts logs in any case; without this, with a key of AWS.
 *
 * A key costs by the month, and little by use. Log groups can be given it at any time, in place: what was written before stays as
 * it was encrypted.
 */
export class LogKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, region, onRemoval = "keep" }: LogKeyProps) {
    super(scope, id);
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const { partition, dnsSuffix } = new DataAwsPartition(this, "partition", {});
    const groups = `arn:${partition}:logs:${region}:${accountId}:log-group:*`;
    this.arn = new KmsKey(this, "key", {
      description: `Logs of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: onRemoval === "keep" ? 30 : 7,
      policy: allowing(wholeKey({ accountId, partition }), {
        Sid: "LogsOfThisAccount",
        Principal: { Service: `logs.${region}.${dnsSuffix}` },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups } },
      }),
      tags: { Name: `${name}-logs` },
      lifecycle: onRemoval === "keep" ? { preventDestroy: true } : undefined,
    }).arn;
  }
}
