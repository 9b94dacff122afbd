import { aws, disposable, drop, set, specify } from "../testing/specify";
import { rds01 } from "./rds-01-encrypted";
import { rds03 } from "./rds-03-private";
import { rds04 } from "./rds-04-standby";
import { rds05 } from "./rds-05-backups";
import { rds06 } from "./rds-06-deletion-protection";
import { rds07 } from "./rds-07-snapshot-tags";
import { rds08 } from "./rds-08-iam-logins";
import { rds10 } from "./rds-10-logs";
import { rds13 } from "./rds-13-minor-upgrades";
import { rds14 } from "./rds-14-authority";
import { rds15 } from "./rds-15-tls";
import { rds19 } from "./rds-19-private-subnets";
import { x01 } from "./x-01-no-secret-arguments";
import { x02 } from "./x-02-no-secret-readers";
import { x04 } from "./x-04-own-parameter-groups";
import { x07 } from "./x-07-kept-data";

const instance = {
  engine: "mysql",
  storage_encrypted: true,
  publicly_accessible: false,
  multi_az: true,
  backup_retention_period: 14,
  deletion_protection: true,
  copy_tags_to_snapshot: true,
  iam_database_authentication_enabled: true,
  ca_cert_identifier: "rds-ca-rsa2048-g1",
  enabled_cloudwatch_logs_exports: ["error", "slowquery"],
  auto_minor_version_upgrade: true,
  manage_master_user_password: true,
  parameter_group_name: "${aws_db_parameter_group.d.name}",
  db_subnet_group_name: "${aws_db_subnet_group.d.name}",
  skip_final_snapshot: false,
  final_snapshot_identifier: "d-final-${terraform_data.d.id}",
  lifecycle: { prevent_destroy: true },
};
const database = (changes: object = {}, others: Record<string, Record<string, unknown>> = {}) =>
  aws({
    aws_db_instance: { d: { ...instance, ...changes } },
    aws_db_parameter_group: { d: { parameter: [{ name: "require_secure_transport", value: "1" }] } },
    ...others,
  });
const path = "aws_db_instance/d";
const replica = (argument: string) => database({ [argument]: undefined, replicate_source_db: "d" });
const other = aws({ aws_db_subnet_group: { d: { subnet_ids: ["subnet-a", "subnet-b"] } } });

specify(rds01, {
  good: database(),
  broken: { "it is not": set(`${path}/storage_encrypted`, false), "AWS decides": drop(`${path}/storage_encrypted`) },
  elsewhere: [other, replica("storage_encrypted")],
});

specify(rds03, {
  good: database(),
  broken: {
    "it has": set(`${path}/publicly_accessible`, true),
    "it does not say, which checkov passes": drop(`${path}/publicly_accessible`),
  },
  elsewhere: other,
});

specify(rds04, {
  good: database(),
  broken: { "it has none": set(`${path}/multi_az`, false), "it does not say": drop(`${path}/multi_az`) },
  elsewhere: [disposable(database({ multi_az: false })), replica("multi_az")],
});

specify(rds05, {
  good: database({ backup_retention_period: 7 }),
  broken: {
    "a day is kept": set(`${path}/backup_retention_period`, 1),
    "AWS decides, which checkov passes": drop(`${path}/backup_retention_period`),
    "only Terraform will know": set(`${path}/backup_retention_period`, "${var.days}"),
  },
  elsewhere: [disposable(database({ backup_retention_period: 0 })), replica("backup_retention_period")],
});

specify(rds06, {
  good: database(),
  broken: {
    "it does not": set(`${path}/deletion_protection`, false),
    "it does not say": drop(`${path}/deletion_protection`),
  },
  elsewhere: [other, disposable(database({ deletion_protection: false }))],
});

specify(rds07, {
  good: database(),
  broken: { "they do not": set(`${path}/copy_tags_to_snapshot`, false) },
  elsewhere: other,
});

specify(rds08, {
  good: database(),
  broken: {
    "they may not": set(`${path}/iam_database_authentication_enabled`, false),
    "it does not say": drop(`${path}/iam_database_authentication_enabled`),
  },
  elsewhere: [other, replica("iam_database_authentication_enabled")],
});

specify(rds14, {
  good: [database(), database({ ca_cert_identifier: "rds-ca-ecc384-g1" })],
  broken: {
    "it is the one that ended in 2024": set(`${path}/ca_cert_identifier`, "rds-ca-2019"),
    "AWS chooses": drop(`${path}/ca_cert_identifier`),
    "AWS chooses for a member of a cluster": set("aws_rds_cluster_instance/m", { engine: "aurora-mysql" }),
  },
  elsewhere: other,
});

specify(rds10, {
  good: [database(), database({ engine: "postgres", enabled_cloudwatch_logs_exports: ["postgresql"] })],
  broken: {
    "it sends none": drop(`${path}/enabled_cloudwatch_logs_exports`),
    "it names logs of another engine": set(`${path}/engine`, "postgres"),
  },
  elsewhere: other,
});

specify(rds13, {
  good: database(),
  broken: { "it does not": set(`${path}/auto_minor_version_upgrade`, false) },
  elsewhere: other,
});

specify(rds15, {
  good: [
    database(),
    database(
      { engine: "postgres" },
      { aws_db_parameter_group: { d: { parameter: { name: "rds.force_ssl", value: "1" } } } },
    ),
  ],
  broken: {
    "it does not": set("aws_db_parameter_group/d/parameter/0/value", "0", "aws_db_instance.d"),
    "it leaves it to the version": set("aws_db_parameter_group/d/parameter", [], "aws_db_instance.d"),
    "it has AWS's parameters": drop(`${path}/parameter_group_name`),
    "the parameter is of another engine": set(`${path}/engine`, "postgres"),
  },
  elsewhere: [other, replica("parameter_group_name"), database({ engine: "oracle-ee" })],
});

const private_ = database(
  {},
  {
    aws_db_subnet_group: { d: { subnet_ids: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"] } },
    aws_subnet: { a: { availability_zone: "eu-west-1a" }, b: { availability_zone: "eu-west-1b" } },
    aws_internet_gateway: { main: {} },
    aws_route_table: { public: {}, private: {} },
    aws_route: {
      out: { route_table_id: "${aws_route_table.public.id}", gateway_id: "${aws_internet_gateway.main.id}" },
    },
    aws_route_table_association: {
      a: { subnet_id: "${aws_subnet.a.id}", route_table_id: "${aws_route_table.private.id}" },
    },
  },
);
specify(rds19, {
  good: [private_, other],
  broken: {
    "a subnet leads to the internet": set(
      "aws_route_table_association/a/route_table_id",
      "${aws_route_table.public.id}",
      "aws_db_subnet_group.d",
    ),
    "all subnets are in one zone": set("aws_subnet/b/availability_zone", "eu-west-1a", "aws_db_subnet_group.d"),
    "RDS chooses the subnets": drop(`${path}/db_subnet_group_name`),
  },
  elsewhere: [aws({ aws_vpc: { v: {} } }), replica("db_subnet_group_name")],
});

specify(x01, {
  good: [database(), database({ password_wo: "${ephemeral.x.y.z}" })],
  broken: {
    "a database has a password": set(`${path}/password`, "hunter2"),
    "a secret has a value": set("aws_secretsmanager_secret_version/s", {
      secret_string: "${random_password.p.result}",
    }),
    "a parameter has a secret value": set("aws_ssm_parameter/p", { type: "SecureString", value: "x" }),
    "a cache has a token": set("aws_elasticache_replication_group/c", { auth_token: "0123456789abcdef" }),
  },
  elsewhere: aws({ aws_ssm_parameter: { p: { type: "String", value: "${aws_vpc.v.id}" } } }),
});

const parameter = aws({}, { data: { aws_ssm_parameter: { p: { name: "/slipway/dev/x", with_decryption: false } } } });
specify(x02, {
  good: [
    parameter,
    aws({}, { data: { aws_ssm_parameter: { ami: { name: "/aws/service/ecs/optimized-ami/recommended" } } } }),
  ],
  broken: {
    "a parameter would be decrypted": drop("data/aws_ssm_parameter/p/with_decryption"),
    "a secret is read": set("data/aws_secretsmanager_secret_version/s", { secret_id: "x" }),
    "a password is made up": set("random_password/p", { length: 20 }),
    "the registry's password is read": set("data/aws_ecr_authorization_token/t", {}),
  },
  elsewhere: aws({}, { data: { aws_secretsmanager_secret: { s: { name: "x" } } } }),
});

specify(x04, {
  good: database(),
  broken: { "it has the default one": set(`${path}/parameter_group_name`, "default.mysql8.4") },
  elsewhere: aws({ aws_db_parameter_group: { d: { name: "default.mysql8.4" } } }),
});

const kept = { lifecycle: { prevent_destroy: true } };
specify(x07, {
  good: [
    database({}, { aws_ecr_repository: { r: { force_delete: false, ...kept } } }),
    aws({ aws_s3_bucket: { b: kept }, aws_cloudwatch_log_group: { l: { skip_destroy: true } } }),
    aws({ aws_backup_vault: { v: kept }, aws_ebs_volume: { d: { ...kept, final_snapshot: true } } }),
    aws({ aws_elasticache_replication_group: { c: { ...kept, final_snapshot_identifier: "c-final" } } }),
    aws({ aws_kms_key: { k: {} }, aws_secretsmanager_secret: { s: { recovery_window_in_days: 30 } } }),
  ],
  broken: {
    "Terraform may destroy it": drop(`${path}/lifecycle`),
    "it leaves no snapshot": set(`${path}/skip_final_snapshot`, true),
    "its last snapshot has no name": drop(`${path}/final_snapshot_identifier`),
    "a repository goes with its images": set("aws_ecr_repository/r/force_delete", true),
    "logs go with their group": set("aws_cloudwatch_log_group/l", { skip_destroy: false }),
    "a log group does not say": set("aws_cloudwatch_log_group/l", { retention_in_days: 30 }),
    "a vault of backups may go": set("aws_backup_vault/v", { force_destroy: false }),
    "a vault goes with its backups": set("aws_backup_vault/v", { ...kept, force_destroy: true }),
    "a volume may go": set("aws_ebs_volume/d", { final_snapshot: true }),
    "a volume leaves no snapshot": set("aws_ebs_volume/d", kept),
    "a cache may go": set("aws_elasticache_replication_group/c", { final_snapshot_identifier: "c-final" }),
    "a cache leaves no snapshot": set("aws_elasticache_replication_group/c", kept),
    "a key is gone within days": set("aws_kms_key/k", { deletion_window_in_days: 7 }),
    "a secret is gone at once": set("aws_secretsmanager_secret/s", { recovery_window_in_days: 0 }),
    "a bucket goes with its objects": [set("aws_s3_bucket/b", kept), set("aws_s3_bucket/b/force_destroy", true)],
  },
  elsewhere: [
    disposable(database({ skip_final_snapshot: true, lifecycle: undefined })),
    disposable(aws({ aws_cloudwatch_log_group: { l: { skip_destroy: false } } })),
    aws({ aws_vpc: { v: {} } }),
  ],
});
