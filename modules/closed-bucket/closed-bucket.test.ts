import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { type ClosedBucketProps, closedBucket } from ".";

const valid: ClosedBucketProps = {
  ...{ name: "shop-dev-files", versions: true, onRemoval: "keep" },
  expiry: { id: "former-versions", noncurrentVersionExpiration: [{ noncurrentDays: 90 }] },
};
const bucket = (props: Partial<ClosedBucketProps> = {}) =>
  synthesize((stack) => closedBucket(new Construct(stack, "files"), { ...valid, ...props }));
const statements = (props?: Partial<ClosedBucketProps>) =>
  JSON.parse(bucket(props).one(S3BucketPolicy).policy).Statement;

describe("a closed bucket", () => {
  it("is public by no list and no policy, belongs to this account, and is encrypted", () => {
    const { one } = bucket();
    expect(one(S3BucketPublicAccessBlock)).toMatchObject({
      ...{ block_public_acls: true, block_public_policy: true },
      ...{ ignore_public_acls: true, restrict_public_buckets: true },
    });
    expect(one(S3BucketOwnershipControls).rule).toEqual({ object_ownership: "BucketOwnerEnforced" });
    expect(JSON.stringify(one(S3BucketServerSideEncryptionConfigurationA).rule)).toContain('"sse_algorithm":"AES256"');
  });

  it("refuses what does not come by TLS, from whomever, and lets nobody else in by itself", () => {
    expect(statements()).toEqual([
      {
        Sid: "TlsOnly",
        ...{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [expect.any(String), expect.any(String)] },
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("lets those in who are named, beside that", () => {
    const allow = (arn: string) => [{ Effect: "Allow", Principal: "x", Action: "s3:PutObject", Resource: `${arn}/*` }];
    expect(statements({ allow })).toHaveLength(2);
    expect(statements({ allow })[1]).toMatchObject({
      Effect: "Allow",
      Resource: expect.stringMatching(/\.arn\}\/\*$/),
    });
  });

  it("keeps versions, for as long as it is told, where it keeps any", () => {
    expect(bucket().one(S3BucketVersioningA).versioning_configuration).toEqual({ status: "Enabled" });
    expect(bucket({ versions: false }).all(S3BucketVersioningA)).toEqual([]);
    expect(bucket().one(S3BucketLifecycleConfiguration).rule).toMatchObject([
      { id: "former-versions", noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
    ]);
  });

  it("has a name that nobody else has, and goes only where it may", () => {
    expect(bucket().one(S3Bucket)).toMatchObject({
      ...{ bucket_prefix: "shop-dev-files-", force_destroy: false, lifecycle: { prevent_destroy: true } },
    });
    const disposable = bucket({ onRemoval: "destroy" }).one(S3Bucket);
    expect(disposable).toMatchObject({ force_destroy: true });
    expect(disposable).not.toHaveProperty("lifecycle");
  });
});
