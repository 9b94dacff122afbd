import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { logPrefixFault } from "../../src/core/log-prefix";
import type { OnRemoval } from "../../src/core/removal";
import { isWhole } from "../../src/core/whole";
import { closedBucket } from "../closed-bucket";

export interface AccessLogBucketProps {
  /** First part of the bucket's name: the whole ends in a suffix of its own, as names are shared by all accounts of AWS. */
  readonly name: string;
  /** Days after which a log file is deleted, 1 to 3650. */
  readonly days: number;
  /**
   * Folder of the bucket that load balancers may write to, such as `entrance`.
   * @default - none: they write to the top
   */
  readonly prefix?: string;
  /**
   * Whether the bucket may go. With `keep`, Terraform refuses to plan its end or replacement while it is in the code, and AWS keeps
   * it as long as there is a log in it. With `destroy`, it goes together with its logs.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * Access logs of the load balancers of this account and region, which AWS writes every five minutes: who asked for what, when, and
 * what was answered. They hold addresses of visitors. Hand it to a load balancer as its `accessLogs`.
 *
 * Before it is taken out of the code, turn the logs off at the load balancer: `aws elbv2 modify-load-balancer-attributes
 * --attributes Key=access_logs.s3.enabled,Value=false`. Terraform leaves that setting as it is when it is no longer told any, and
 * the logs would go to whoever makes a bucket of this name.
 */
export class AccessLogBucket extends Construct {
  /** Name of the bucket, for those that write to it: whoever uses it waits until they may. Known only after apply. */
  readonly bucket: string;
  readonly arn: string;
  readonly prefix?: string;

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    const { name, days, prefix, onRemoval = "keep" } = props;
    this.check(props);

    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const made = closedBucket(this, {
      // With a key of KMS, load balancers could not write: AWS supports no other encryption here.
      ...{ name, versions: false, onRemoval },
      expiry: { id: "old-logs", expiration: [{ days }] },
      allow: (arn) => [delivery([arn, prefix, "AWSLogs", accountId, "*"])],
    });
    this.prefix = prefix;
    this.arn = made.bucket.arn;
    // A load balancer proves that it may write before AWS takes the setting. The policy is thus what it gets the name from.
    this.bucket = made.policy.bucket;
  }

  private check({ days, prefix }: AccessLogBucketProps): void {
    if (!isWhole(days, 1, 3650)) {
      const [want, fix] = ["a whole number of days from 1 to 3650", "write for example 90"];
      throw new InvalidProps(this, { prop: "days", got: days, want, fix });
    }
    const fault = prefix === undefined ? undefined : logPrefixFault(prefix);
    if (fault) throw new InvalidProps(this, { prop: "prefix", got: prefix, ...fault });
  }
}

/**
 * Lets load balancers write into a folder. The service works for every account, and writes under the number of the load balancer's
 * own: this is what shuts out others. It is the same in every region; the accounts of before 2022 are no longer needed.
 */
function delivery(folder: readonly (string | undefined)[]) {
  return {
    Sid: "LoadBalancersWrite",
    ...{ Effect: "Allow", Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" } },
    ...{ Action: "s3:PutObject", Resource: folder.filter((part) => part !== undefined).join("/") },
  };
}
