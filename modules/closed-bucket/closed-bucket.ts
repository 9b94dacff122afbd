import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { physicalName } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";

/** Of 63 characters, what Terraform leaves when it adds a suffix of its own. */
const prefixLimit = 36;

export interface ClosedBucketProps {
  /** First part of the bucket's name: the whole ends in a suffix of its own, as names are shared by all accounts of AWS. */
  readonly name: string;
  /** Whether a file that is changed or deleted stays as a version. */
  readonly versions: boolean;
  /** What AWS deletes when it is old. Uploads that were never finished always go after a week. */
  readonly expiry: Pick<S3BucketLifecycleConfigurationRule, "id" | "expiration" | "noncurrentVersionExpiration">;
  /**
   * Statements of the bucket's policy that let somebody in, as IAM writes them. Roles of this account need none.
   * @default - none
   */
  readonly allow?: (arn: string) => readonly object[];
  /**
   * Provider of the region that it lies in.
   * @default - the provider of the stack
   */
  readonly provider?: TerraformProvider;
  /** With `keep`, Terraform refuses to plan the bucket's end or replacement; with `destroy`, it goes with all that is in it. */
  readonly onRemoval: OnRemoval;
}

/**
 * Makes, in the construct that has it, a bucket that nobody gets into by a list of its own: everything is encrypted with S3's own
 * keys, comes by TLS and belongs to this account.
 *
 * @returns the bucket, its policy, and what has to be there before the first file
 */
export function closedBucket(
  scope: Construct,
  { name, versions, expiry, allow, provider, onRemoval }: ClosedBucketProps,
) {
  const made = new S3Bucket(scope, "bucket", {
    bucketPrefix: `${physicalName([name], prefixLimit)}-`,
    forceDestroy: onRemoval === "destroy",
    tags: { Name: name },
    lifecycle: onRemoval === "keep" ? { preventDestroy: true } : undefined,
    provider,
  });
  const { bucket, arn } = made;
  const closed = new S3BucketPublicAccessBlock(scope, "no-public-access", {
    ...{
      bucket,
      provider,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  });
  const owned = new S3BucketOwnershipControls(scope, "ownership", {
    ...{ bucket, provider, rule: { objectOwnership: "BucketOwnerEnforced" } },
  });
  const encrypted = new S3BucketServerSideEncryptionConfigurationA(scope, "encryption", {
    ...{ bucket, provider, rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
  });
  const versioned: ITerraformDependable[] = versions
    ? [new S3BucketVersioningA(scope, "versions", { bucket, provider, versioningConfiguration: { status: "Enabled" } })]
    : [];
  const tlsOnly = {
    Sid: "TlsOnly",
    ...{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] },
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const policy = new S3BucketPolicy(scope, "access", {
    ...{ bucket, provider },
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [tlsOnly, ...(allow?.(arn) ?? [])] }),
    // S3 refuses two changes of the same bucket's access at a time.
    dependsOn: [closed, owned, encrypted],
  });
  new S3BucketLifecycleConfiguration(scope, "expiry", {
    ...{ bucket, provider },
    rule: [
      {
        ...{ status: "Enabled", filter: [{ prefix: "" }], ...expiry },
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
    ],
    dependsOn: versioned,
  });
  return { bucket: made, policy, ready: [encrypted, ...versioned, policy] };
}
