import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { type Synthesized, synthesize } from "../../src/testing/synthesize";
import { FileBucket, type FileBucketProps } from ".";

const files = { Puppetfile: "forge 'https://forgeapi.puppet.com'\n", "manifests/site.pp": "node default { }\n" };
const bucket = (props: Partial<FileBucketProps> = {}) =>
  synthesize((stack) => {
    const made = new FileBucket(stack, "control", { name: "shop-dev-control", files, ...props });
    new TerraformOutput(stack, "rights", { value: made.readStatements });
  });
const contents = (made: Synthesized) =>
  Object.fromEntries(made.all(S3Object).map(({ key, content }) => [key, content] as const));

describe("a file bucket", () => {
  it("has one object per file (S0-30)", () => {
    expect(contents(bucket())).toEqual(files);
  });

  it("moves no file when another one comes, whatever it is called", () => {
    const more = bucket({ files: { "manifests-site.pp": "", ...files } });
    expect(more.addresses()).toEqual(expect.arrayContaining(bucket().addresses()));
    expect(more.all(S3Object)).toHaveLength(3);
  });

  it("hands text on as it is written: what looks like an expression stays text", () => {
    const text = "${facts['hostname']} %{hiera('x')} $${x} 100 %\n";
    expect(contents(bucket({ files: { a: text } })).a).toBe("$${facts['hostname']} %%{hiera('x')} $$${x} 100 %\n");
  });

  it("fills in values of other resources only where they are announced (S0-31)", () => {
    const made = synthesize((stack) => {
      const { accountId } = new DataAwsCallerIdentity(stack, "me", {});
      const text = `account: ${accountId}\nat: "\${x}"\n`;
      new FileBucket(stack, "control", { name: "shop", files: {}, filesWithValues: { "data/aws.yaml": text } });
    });
    expect(contents(made)["data/aws.yaml"]).toBe(
      'account: ${data.aws_caller_identity.me.account_id}\nat: "${"$"}{x}"\n',
    );
  });

  it("is open to nobody outside, encrypted, and keeps what its files were before", () => {
    const { one } = bucket();
    expect(one(S3BucketPublicAccessBlock)).toMatchObject({
      ...{
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    });
    expect(one(S3BucketOwnershipControls)).toMatchObject({ rule: { object_ownership: "BucketOwnerEnforced" } });
    expect(one(S3BucketServerSideEncryptionConfigurationA)).toMatchObject({
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
    expect(one(S3BucketVersioningA)).toMatchObject({ versioning_configuration: { status: "Enabled" } });
    expect(one(S3BucketLifecycleConfiguration).rule).toMatchObject([
      { status: "Enabled", noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
    ]);
  });

  it("answers over TLS only", () => {
    expect(JSON.parse(bucket().one(S3BucketPolicy).policy).Statement).toMatchObject([
      {
        ...{ Effect: "Deny", Principal: "*", Action: "s3:*" },
        Resource: [expect.stringMatching(/\.arn\}$/), expect.stringMatching(/\.arn\}\/\*$/)],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("takes no file before it is closed, encrypted and keeps versions", () => {
    const types = bucket()
      .all(S3Object)[0]!
      .depends_on.map((address: string) => address.split(".")[0]);
    expect(types).toEqual([
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
      "aws_s3_bucket_policy",
    ]);
  });

  it("gives its files no tags, of which S3 takes ten and an environment may have more", () => {
    for (const file of bucket().all(S3Object)) expect(file.override_provider).toEqual({ default_tags: { tags: {} } });
  });

  it("is not destroyed with its files, unless asked otherwise (problem 27)", () => {
    expect(bucket().one(S3Bucket)).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    const gone = bucket({ onRemoval: "destroy" }).one(S3Bucket);
    expect([gone.force_destroy, gone.lifecycle]).toEqual([true, undefined]);
  });

  it("has a name that no other account can have taken", () => {
    expect(bucket().one(S3Bucket).bucket_prefix).toBe("shop-dev-control-");
    const { bucket_prefix } = bucket({ name: "a".repeat(60) }).one(S3Bucket);
    expect(bucket_prefix).toMatch(/^a+-[0-9a-f]{8}-$/);
    expect(bucket_prefix.length).toBeLessThanOrEqual(37);
  });

  it("says what a machine needs in order to read it, and nothing else", () => {
    expect(bucket().document.output.rights.value).toMatchObject([
      { actions: ["s3:ListBucket"], resources: [expect.stringMatching(/\.arn\}$/)] },
      { actions: ["s3:GetObject"], resources: [expect.stringMatching(/\.arn\}\/\*$/)] },
    ]);
  });

  it.each(["/etc/passwd", "../x", "a//b", "a b"])("refuses the path %j", (path) => {
    expect(() => bucket({ files: { [path]: "" } })).toThrow("test/control: files must be a relative path of letters");
  });

  it("refuses a file that is there twice", () => {
    expect(() => bucket({ filesWithValues: { Puppetfile: "" } })).toThrow(
      "test/control: files must be in one of files and filesWithValues",
    );
  });
});
