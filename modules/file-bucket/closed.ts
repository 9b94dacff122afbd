import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

const formerVersionDays = 90;

/**
 * Everything that a bucket keeps apart from itself: nobody gets in by a list of its own, everything is encrypted, comes by TLS
 * and has versions.
 *
 * @returns what has to be there before the first file
 */
export function closeBucket(scope: Construct, { bucket, arn }: S3Bucket): ITerraformDependable[] {
  const closed = new S3BucketPublicAccessBlock(scope, "no-public-access", {
    ...{ bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
  });
  const owned = new S3BucketOwnershipControls(scope, "ownership", {
    ...{ bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
  });
  const encrypted = new S3BucketServerSideEncryptionConfigurationA(scope, "encryption", {
    ...{ bucket, rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
  });
  const versions = new S3BucketVersioningA(scope, "versions", {
    ...{ bucket, versioningConfiguration: { status: "Enabled" } },
  });
  const tlsOnly = new S3BucketPolicy(scope, "tls-only", {
    bucket,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Sid: "TlsOnly",
        ...{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] },
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    }),
    // S3 refuses two changes of the same bucket's access at a time.
    dependsOn: [closed, owned],
  });
  new S3BucketLifecycleConfiguration(scope, "expiry", {
    bucket,
    rule: [
      {
        ...{ id: "former-versions", status: "Enabled", filter: [{ prefix: "" }] },
        noncurrentVersionExpiration: [{ noncurrentDays: formerVersionDays }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
    ],
    dependsOn: [versions],
  });
  return [encrypted, versions, tlsOnly];
}
