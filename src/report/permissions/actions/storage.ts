import { linkedRole, of, type Rows } from "../grant";

const { read, write } = of("s3", ":::");
const files = of("elasticfilesystem");
const bucket = "{bucket}";

/** What the provider reads of every bucket, whether a stack sets it or not. */
const wholeBucket = [
  ...["ListBucket", "GetBucketLocation", "GetBucketTagging", "GetBucketPolicy", "GetBucketAcl", "GetBucketCORS"],
  ...["GetBucketWebsite", "GetBucketVersioning", "GetAccelerateConfiguration", "GetBucketRequestPayment"],
  ...["GetBucketLogging", "GetLifecycleConfiguration", "GetReplicationConfiguration", "GetEncryptionConfiguration"],
  ...["GetBucketObjectLockConfiguration", "ListTagsForResource"],
];

/** Buckets and file systems. */
export const storage: Rows = {
  aws_s3_bucket: [
    read(bucket, ...wholeBucket),
    // Tags by either way: the provider of 6.23 and later tries the newer one first.
    write(bucket, "CreateBucket", "DeleteBucket", "PutBucketTagging", "TagResource", "UntagResource"),
    ({ body }) =>
      body.force_destroy === true
        ? [
            write(bucket, "ListBucketVersions"),
            write("{bucket}/*", "DeleteObject", "DeleteObjectVersion", "GetObjectVersion"),
          ]
        : [],
  ],
  aws_s3_bucket_lifecycle_configuration: [
    read(bucket, "GetLifecycleConfiguration"),
    write(bucket, "PutLifecycleConfiguration"),
  ],
  aws_s3_bucket_ownership_controls: [
    read(bucket, "GetBucketOwnershipControls"),
    write(bucket, "PutBucketOwnershipControls"),
  ],
  aws_s3_bucket_policy: [read(bucket, "GetBucketPolicy"), write(bucket, "PutBucketPolicy", "DeleteBucketPolicy")],
  aws_s3_bucket_public_access_block: [
    read(bucket, "GetBucketPublicAccessBlock"),
    write(bucket, "PutBucketPublicAccessBlock"),
  ],
  aws_s3_bucket_server_side_encryption_configuration: [
    read(bucket, "GetEncryptionConfiguration"),
    write(bucket, "PutEncryptionConfiguration"),
  ],
  aws_s3_bucket_versioning: [read(bucket, "GetBucketVersioning"), write(bucket, "PutBucketVersioning")],
  aws_s3_object: [
    read(bucket, "ListBucket"),
    read("{bucket}/*", "GetObject", "GetObjectTagging", "GetObjectAttributes"),
    write(bucket, "ListBucketVersions"),
    write("{bucket}/*", "PutObject", "PutObjectTagging", "DeleteObject", "DeleteObjectVersion", "GetObjectVersion"),
  ],
  aws_efs_file_system: [
    files.readOwn("file-system/*", "ListTagsForResource"),
    files.read("file-system/*", "DescribeFileSystems", "DescribeLifecycleConfiguration"),
    files.make("*", "CreateFileSystem"),
    files.adopt("file-system/*", "TagResource"),
    files.own("file-system/*", "UpdateFileSystem", "UpdateFileSystemProtection", "PutLifecycleConfiguration"),
    files.own("file-system/*", "DeleteFileSystem", "UntagResource"),
    of("kms").read("key/*", "DescribeKey"),
    linkedRole("elasticfilesystem.amazonaws.com"),
  ],
  aws_efs_file_system_policy: [
    files.readOwn("file-system/*", "DescribeFileSystemPolicy"),
    files.own("file-system/*", "PutFileSystemPolicy", "DeleteFileSystemPolicy"),
  ],
  aws_efs_backup_policy: [
    files.readOwn("file-system/*", "DescribeBackupPolicy"),
    files.own("file-system/*", "PutBackupPolicy"),
    linkedRole("backup.amazonaws.com"),
  ],
  aws_efs_mount_target: [
    files.readOwn("file-system/*", "DescribeMountTargets", "DescribeMountTargetSecurityGroups"),
    files.own("file-system/*", "CreateMountTarget", "DeleteMountTarget", "ModifyMountTargetSecurityGroups"),
    of("ec2").look("DescribeSubnets", "DescribeNetworkInterfaces", "DescribeSecurityGroups"),
    // EFS makes the network interface for whoever calls it, without tags.
    of("ec2").own(["subnet/*", "security-group/*"], "CreateNetworkInterface"),
    of("ec2").write("network-interface/*", "CreateNetworkInterface", "DeleteNetworkInterface"),
    of("ec2").write("network-interface/*", "ModifyNetworkInterfaceAttribute"),
  ],
  aws_efs_access_point: [
    files.readOwn("access-point/*", "DescribeAccessPoints", "ListTagsForResource"),
    files.own("file-system/*", "CreateAccessPoint"),
    files.adopt("access-point/*", "TagResource"),
    files.own("access-point/*", "DeleteAccessPoint", "UntagResource"),
  ],
};
