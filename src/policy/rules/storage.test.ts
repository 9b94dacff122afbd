import { aws, disposable, drop, set, setInside, specify } from "../testing/specify";
import { cache01 } from "./cache-01-encrypted";
import { cache03 } from "./cache-03-tls";
import { cache05 } from "./cache-05-snapshots";
import { cache06 } from "./cache-06-failover";
import { cache07 } from "./cache-07-minor-upgrades";
import { ecs04 } from "./ecs-04-files-in-transit";
import { efs01 } from "./efs-01-encrypted";
import { efs03 } from "./efs-03-own-folder";
import { efs04 } from "./efs-04-one-user";
import { efs05 } from "./efs-05-backups";
import { s301 } from "./s3-01-no-public-access";
import { s303 } from "./s3-03-no-access-lists";
import { s308 } from "./s3-08-tls-only";

const elsewhere = aws({ aws_ebs_volume: { v: { encrypted: true } } });
const data = { "slipway:data": "shop" };
const files = (more: Record<string, Record<string, unknown>> = {}) =>
  aws({
    aws_efs_file_system: { f: { encrypted: true, tags: data } },
    aws_efs_backup_policy: {
      b: { file_system_id: "${aws_efs_file_system.f.id}", backup_policy: { status: "ENABLED" } },
    },
    aws_efs_access_point: {
      p: { root_directory: { path: "/shop" }, posix_user: { uid: 33, gid: 33 } },
    },
    ...more,
  });
const selection = (body: object) =>
  files({ aws_efs_backup_policy: {}, aws_backup_selection: { s: { resources: [], ...body } } });

specify(efs01, {
  good: files(),
  broken: {
    "they are not": set("aws_efs_file_system/f/encrypted", false),
    "it does not say": drop("aws_efs_file_system/f/encrypted"),
  },
  elsewhere,
});

specify(efs03, {
  good: files(),
  broken: {
    "it leads to all": set("aws_efs_access_point/p/root_directory/path", "/"),
    "it does not say": drop("aws_efs_access_point/p/root_directory"),
  },
  elsewhere,
});

specify(efs04, {
  good: files(),
  broken: {
    "it is root": set("aws_efs_access_point/p/posix_user/uid", 0),
    "everybody comes as they like": drop("aws_efs_access_point/p/posix_user"),
  },
  elsewhere,
});

specify(efs05, {
  good: [
    files(),
    selection({ selection_tag: [{ type: "STRINGEQUALS", key: "slipway:data", value: "shop" }] }),
    selection({ resources: ["${aws_efs_file_system.f.arn}"] }),
  ],
  broken: {
    "they are not": set("aws_efs_backup_policy/b/backup_policy/status", "DISABLED", "aws_efs_file_system.f"),
    "nobody says": drop("aws_efs_backup_policy/b", "aws_efs_file_system.f"),
    "a plan is for others": [
      drop("aws_efs_backup_policy/b", "aws_efs_file_system.f"),
      set("aws_backup_selection/s", { selection_tag: [{ key: "slipway:data", value: "other" }] }),
    ],
  },
  elsewhere: [elsewhere, disposable(files({ aws_efs_backup_policy: {} }))],
});

const volume = {
  name: "files",
  efs_volume_configuration: {
    ...{ file_system_id: "fs-1", transit_encryption: "ENABLED" },
    authorization_config: { iam: "ENABLED", access_point_id: "fsap-1" },
  },
};
const task = aws({ aws_ecs_task_definition: { t: { container_definitions: "[]", volume: [volume] } } });
const mount = "aws_ecs_task_definition/t/volume/0/efs_volume_configuration";

specify(ecs04, {
  good: task,
  broken: {
    "they travel in clear text": set(`${mount}/transit_encryption`, "DISABLED"),
    "AWS decides": drop(`${mount}/transit_encryption`),
    "nobody asks who comes": drop(`${mount}/authorization_config`),
    "the role does not count": set(`${mount}/authorization_config/iam`, "DISABLED"),
    "all files are there": drop(`${mount}/authorization_config/access_point_id`),
  },
  elsewhere: aws({ aws_ecs_task_definition: { t: { volume: [{ name: "scratch" }] } } }),
});

const cache = aws({
  aws_elasticache_replication_group: {
    c: {
      ...{ at_rest_encryption_enabled: "true", transit_encryption_enabled: true, snapshot_retention_limit: 7 },
      ...{ automatic_failover_enabled: true, multi_az_enabled: true, auto_minor_version_upgrade: "true" },
    },
  },
});
const group = "aws_elasticache_replication_group/c";
const without = (argument: string) => disposable(drop(`${group}/${argument}`).apply(cache));

specify(cache01, {
  good: cache,
  broken: {
    "they are not": set(`${group}/at_rest_encryption_enabled`, false),
    "it does not say": drop(`${group}/at_rest_encryption_enabled`),
  },
  elsewhere,
});

specify(cache03, {
  good: cache,
  broken: {
    "they do not": set(`${group}/transit_encryption_enabled`, false),
    "it does not say": drop(`${group}/transit_encryption_enabled`),
  },
  elsewhere,
});

specify(cache05, {
  good: cache,
  broken: {
    "there are none": set(`${group}/snapshot_retention_limit`, 0),
    "it does not say": drop(`${group}/snapshot_retention_limit`),
  },
  elsewhere: [elsewhere, without("snapshot_retention_limit")],
});

specify(cache06, {
  good: cache,
  broken: {
    "nobody takes over": set(`${group}/automatic_failover_enabled`, false),
    "all nodes are in one zone": drop(`${group}/multi_az_enabled`),
  },
  elsewhere: [elsewhere, without("multi_az_enabled")],
});

specify(cache07, {
  good: cache,
  broken: { "somebody has to": set(`${group}/auto_minor_version_upgrade`, false) },
  elsewhere,
});

const bucket = "${aws_s3_bucket.b.bucket}";
const refusal = {
  ...{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: ["${aws_s3_bucket.b.arn}"] },
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const closed = aws({
  aws_s3_bucket: { b: { bucket: "shop" } },
  aws_s3_bucket_public_access_block: {
    p: {
      ...{ bucket, block_public_acls: true, block_public_policy: true },
      ...{ ignore_public_acls: true, restrict_public_buckets: true },
    },
  },
  aws_s3_bucket_ownership_controls: { o: { bucket, rule: { object_ownership: "BucketOwnerEnforced" } } },
  aws_s3_bucket_policy: { a: { bucket, policy: JSON.stringify({ Statement: [refusal] }) } },
});
const here = "aws_s3_bucket.b";

specify(s301, {
  good: closed,
  broken: {
    "nothing refuses": drop("aws_s3_bucket_public_access_block/p", here),
    "one switch is off": set("aws_s3_bucket_public_access_block/p/restrict_public_buckets", false, here),
    "one is not named": drop("aws_s3_bucket_public_access_block/p/block_public_policy", here),
  },
  elsewhere,
});

specify(s303, {
  good: closed,
  broken: {
    "nothing says so": drop("aws_s3_bucket_ownership_controls/o", here),
    "access lists count": set("aws_s3_bucket_ownership_controls/o/rule/object_ownership", "ObjectWriter", here),
  },
  elsewhere,
});

specify(s308, {
  good: closed,
  broken: {
    "there is no policy": drop("aws_s3_bucket_policy/a", here),
    "it refuses something else": setInside(
      "aws_s3_bucket_policy/a/policy//Statement/0/Condition",
      { Bool: { "aws:MultiFactorAuthPresent": "false" } },
      here,
    ),
    "it refuses who comes with TLS": setInside(
      "aws_s3_bucket_policy/a/policy//Statement/0/Condition",
      { Bool: { "aws:SecureTransport": "true" } },
      here,
    ),
    "it refuses reading alone": setInside("aws_s3_bucket_policy/a/policy//Statement/0/Action", "s3:GetObject", here),
    "it refuses one account alone": setInside(
      "aws_s3_bucket_policy/a/policy//Statement/0/Principal",
      { AWS: "111122223333" },
      here,
    ),
    "it allows instead": setInside("aws_s3_bucket_policy/a/policy//Statement/0/Effect", "Allow", here),
  },
  elsewhere,
});
