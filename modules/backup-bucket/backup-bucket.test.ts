import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { BackupBucket, type BackupBucketProps } from ".";

const valid: BackupBucketProps = { name: "guestbook-mesos-dev-backups", keepDays: 30 };
const backups = (props: Partial<BackupBucketProps> = {}) =>
  synthesize((stack) => void new BackupBucket(stack, "backups", { ...valid, ...props }));

describe("a bucket of backups", () => {
  it("keeps them for as long as asked for, also those that were overwritten", () => {
    const { one } = backups({ keepDays: 90 });
    expect(one(S3BucketLifecycleConfiguration).rule).toMatchObject([
      { expiration: [{ days: 90 }], noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
    ]);
    expect(one(S3BucketVersioningA).versioning_configuration).toEqual({ status: "Enabled" });
  });

  it("is closed, and stays unless everything goes", () => {
    expect(backups().one(S3BucketPublicAccessBlock)).toMatchObject({ block_public_policy: true });
    expect(backups().one(S3Bucket)).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    expect(backups({ onRemoval: "destroy" }).one(S3Bucket)).toMatchObject({ force_destroy: true });
  });

  it("takes what machines put below their own prefix, and hands nothing out", () => {
    const { document } = synthesize((stack) => {
      const value = new BackupBucket(stack, "backups", valid).writeStatement("gocd/");
      new TerraformOutput(stack, "statement", { value });
    });
    expect(document.output.statement.value).toEqual({
      actions: ["s3:PutObject"],
      resources: [expect.stringMatching(/^\$\{aws_s3_bucket\.backups_bucket_\w+\.arn\}\/gocd\/\*$/)],
    });
  });

  it.each(["gocd", "/gocd/", "*/", ""])("refuses %j as a prefix", (prefix) => {
    const build = () => synthesize((stack) => void new BackupBucket(stack, "backups", valid).writeStatement(prefix));
    expect(build).toThrow("test/backups: prefix must be words of lower-case letters");
  });

  it.each([0, 3651, 1.5])("refuses %d days", (keepDays) => {
    expect(() => backups({ keepDays })).toThrow("test/backups: keepDays must be a whole number from 1 to 3650");
  });
});
