import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { logPrefixFault } from "../../src/core/log-prefix";
import { physicalName } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";
import { isWhole } from "../../src/core/whole";

/** Of 63 characters, what Terraform leaves when it adds a suffix of its own. */
const prefixLimit = 36;

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

    const made = new S3Bucket(this, "bucket", {
      bucketPrefix: `${physicalName([name], prefixLimit)}-`,
      forceDestroy: onRemoval === "destroy",
      tags: { Name: name },
      lifecycle: onRemoval === "keep" ? { preventDestroy: true } : undefined,
    });
    this.prefix = prefix;
    this.arn = made.arn;
    // A load balancer proves that it may write before AWS takes the setting. The policy is thus what it gets the name from.
    this.bucket = this.close(made).bucket;
    new S3BucketLifecycleConfiguration(this, "expiry", {
      bucket: made.bucket,
      rule: [
        {
          ...{ id: "old-logs", status: "Enabled", filter: [{ prefix: "" }] },
          expiration: [{ days }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
  }

  /** Lets load balancers of this account write, and nobody else in. */
  private close({ bucket, arn }: S3Bucket): S3BucketPolicy {
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const closed = new S3BucketPublicAccessBlock(this, "no-public-access", {
      ...{
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    });
    const owned = new S3BucketOwnershipControls(this, "ownership", {
      ...{ bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    });
    // With a key of KMS, load balancers could not write: AWS supports no other encryption here.
    const encrypted = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      ...{ bucket, rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    });
    const tlsOnly = {
      Sid: "TlsOnly",
      ...{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] },
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const delivery = {
      Sid: "LoadBalancersWrite",
      // In every region; the accounts of before 2022 are no longer needed.
      ...{ Effect: "Allow", Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" } },
      Action: "s3:PutObject",
      // The service works for every account, and writes under the number of the load balancer's own: this is what shuts out others.
      Resource: [arn, this.prefix, "AWSLogs", accountId, "*"].filter((part) => part !== undefined).join("/"),
    };
    return new S3BucketPolicy(this, "delivery", {
      bucket,
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [tlsOnly, delivery] }),
      // S3 refuses two changes of the same bucket's access at a time.
      dependsOn: [closed, owned, encrypted],
    });
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
