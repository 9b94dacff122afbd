import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { AccessLogBucket, type AccessLogBucketProps } from ".";

const bucket = (props: Partial<AccessLogBucketProps> = {}) =>
  synthesize((stack) => {
    const made = new AccessLogBucket(stack, "logs", { name: "shop-dev-access-logs", days: 90, ...props });
    new TerraformOutput(stack, "name", { value: made.bucket, staticId: true });
  });
const statements = (props: Partial<AccessLogBucketProps> = {}) =>
  JSON.parse(bucket(props).one(S3BucketPolicy).policy).Statement;

describe("a bucket of access logs", () => {
  it("lets load balancers of this account write, and do nothing else (S4-W05)", () => {
    expect(statements()[1]).toEqual({
      Sid: "LoadBalancersWrite",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: expect.stringMatching(
        /^\$\{aws_s3_bucket\.\S+\.arn\}\/AWSLogs\/\$\{data\.aws_caller_identity\.\S+\.account_id\}\/\*$/,
      ),
    });
    expect(statements()).toHaveLength(2);
  });

  it("lets them write to one folder only, where there is one", () => {
    expect(statements({ prefix: "shop/entrance" })[1].Resource).toMatch(/\.arn\}\/shop\/entrance\/AWSLogs\/\$\{/);
  });

  it("answers over TLS only", () => {
    expect(statements()[0]).toMatchObject({
      ...{ Effect: "Deny", Principal: "*", Action: "s3:*" },
      Resource: [expect.stringMatching(/\.arn\}$/), expect.stringMatching(/\.arn\}\/\*$/)],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  it("gives its name away by the policy, so that nobody uses it before they may write", () => {
    const { document } = bucket();
    expect(document.output.name.value).toMatch(/^\$\{aws_s3_bucket_policy\.logs_access_\S+\.bucket\}$/);
  });

  it("is closed and encrypted with keys of S3 before anybody may write: load balancers cannot use those of KMS", () => {
    const { one } = bucket();
    expect(one(S3BucketPolicy).depends_on.map((address: string) => address.split(".")[0])).toEqual([
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_server_side_encryption_configuration",
    ]);
    expect(one(S3BucketPublicAccessBlock)).toMatchObject({
      ...{ block_public_acls: true, block_public_policy: true },
      ...{ ignore_public_acls: true, restrict_public_buckets: true },
    });
    expect(one(S3BucketOwnershipControls)).toMatchObject({ rule: { object_ownership: "BucketOwnerEnforced" } });
    expect(one(S3BucketServerSideEncryptionConfigurationA).rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
  });

  it("deletes a log after its days, for good: there are no versions of it", () => {
    const { one, all } = bucket({ days: 7 });
    expect(one(S3BucketLifecycleConfiguration).rule).toEqual([
      {
        ...{ id: "old-logs", status: "Enabled", filter: [{ prefix: "" }] },
        expiration: [{ days: 7 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
    expect(all(S3BucketVersioningA)).toEqual([]);
  });

  it("is not destroyed with its logs, unless asked otherwise (problem 27)", () => {
    expect(bucket().one(S3Bucket)).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    const gone = bucket({ onRemoval: "destroy" }).one(S3Bucket);
    expect([gone.force_destroy, gone.lifecycle]).toEqual([true, undefined]);
  });

  it("has a name that no other account can have taken", () => {
    expect(bucket().one(S3Bucket).bucket_prefix).toBe("shop-dev-access-logs-");
    const { bucket_prefix } = bucket({ name: "a".repeat(60) }).one(S3Bucket);
    expect(bucket_prefix).toMatch(/^a+-[0-9a-f]{8}-$/);
    expect(bucket_prefix.length).toBeLessThanOrEqual(37);
  });
});

describe("a bucket of access logs refuses", () => {
  it.each([0, 3651, 1.5])("to keep them for %d days", (days) => {
    expect(() => bucket({ days })).toThrow("test/logs: days must be a whole number of days from 1 to 3650");
  });

  it.each(["", "/entrance", "AWSLogs"])("the folder %j", (prefix) => {
    expect(() => bucket({ prefix })).toThrow("test/logs: prefix must be folders of letters");
  });
});
