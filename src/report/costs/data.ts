import { type Block, blocks, same } from "../../core/terraform-json";
import { allFree, type Bills, credits, line, number } from "./bill";

/** The password that RDS keeps lies in a secret, which is paid for like any other. */
const managedPassword = ({ manage_master_user_password }: Block) =>
  same(manage_master_user_password, true) ? [line("secret", "month", { detail: "of a database, made by RDS" })] : [];

/** Databases, caches, files and secrets. */
export const data: Bills = {
  ...allFree("aws_db_subnet_group", "aws_db_parameter_group", "aws_rds_cluster_parameter_group"),
  ...allFree("aws_db_proxy_default_target_group", "aws_db_proxy_target"),
  ...allFree("aws_elasticache_subnet_group", "aws_elasticache_parameter_group"),
  ...allFree("aws_efs_access_point", "aws_efs_file_system_policy", "aws_efs_mount_target", "aws_s3_bucket_policy"),
  ...allFree("aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_ownership_controls"),
  ...allFree("aws_s3_bucket_public_access_block", "aws_s3_bucket_server_side_encryption_configuration"),
  ...allFree("aws_secretsmanager_secret_version", "ephemeral.aws_secretsmanager_random_password"),
  aws_db_instance: {
    always: ({ body }) => {
      const copies = body.multi_az === true ? 2 : 1;
      const standby = copies === 2 ? ", half of them standby" : "";
      const gib = number(body, "allocated_storage", 0);
      return [
        line("database", "hour", { detail: `${body.instance_class}${standby}`, least: copies }),
        line("GiB of database storage", "month", {
          detail: `${body.storage_type ?? "gp2"}${standby}`,
          ...{ least: copies * gib, most: copies * Math.max(gib, number(body, "max_allocated_storage", gib)) },
        }),
        ...managedPassword(body),
      ];
    },
    use: ({ body }) => [
      "GiB of database backups beyond the size of the database",
      ...credits(body.instance_class, "a database"),
    ],
  },
  aws_rds_cluster: {
    always: ({ body }) => managedPassword(body),
    use: "GiB of Aurora storage, its reads and writes, and backups beyond its size",
  },
  aws_rds_cluster_instance: {
    always: (entry, system) => {
      const { instance_class } = entry.body;
      if (instance_class !== "db.serverless")
        return [line("database", "hour", { detail: `${instance_class} in a cluster` })];
      const [cluster] = system.resolve(entry.body.cluster_identifier, entry);
      const [capacity = {}] = blocks(cluster?.body.serverlessv2_scaling_configuration);
      const [least, most] = [number(capacity, "min_capacity", 0), number(capacity, "max_capacity", 0)];
      return [line("Aurora capacity unit", "hour", { detail: "db.serverless in a cluster", least, most })];
    },
  },
  aws_db_proxy: { always: () => [line("database proxy", "hour", { detail: "for each vCPU of the database" })] },
  aws_elasticache_replication_group: {
    always: ({ body }) => [
      line("cache node", "hour", { detail: String(body.node_type), least: number(body, "num_cache_clusters", 1) }),
    ],
    use: "GiB of snapshots of caches",
  },
  aws_efs_file_system: { use: "GiB of files, by class, and GiB read and written" },
  aws_efs_backup_policy: { use: "GiB of backups of files" },
  ...allFree("aws_backup_plan", "aws_backup_selection", "aws_backup_vault_lock_configuration"),
  aws_backup_vault: { use: "GiB of nightly copies, by what has changed, and GiB restored" },
  aws_s3_bucket: { use: "GiB in buckets, and requests to them" },
  aws_s3_bucket_versioning: { use: "GiB of earlier versions in buckets" },
  aws_s3_object: { use: "GiB in buckets, and requests to them" },
  aws_secretsmanager_secret: { always: () => [line("secret", "month")], use: "calls for secrets" },
  aws_kms_key: {
    // Each of the first two rotations adds a key that is kept.
    always: ({ body }) => [line("key", "month", { most: same(body.enable_key_rotation, true) ? 3 : 1 })],
    use: "calls for keys",
  },
  aws_ssm_parameter: {
    always: ({ body }) => (body.tier === "Advanced" ? [line("advanced parameter", "month")] : []),
  },
};
