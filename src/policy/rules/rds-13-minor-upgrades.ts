import { must, rule } from "../rule";

export const rds13 = rule({
  id: "RDS-13",
  title: "databases take security fixes by themselves",
  severity: "medium",
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  why: "a minor version closes holes; the one that nobody installs stays open",
  fix: "write auto_minor_version_upgrade = true, and a major version as engine_version",
  also: ["CKV_AWS_226", "RDS.13", "RDS.35"],
  inspect: (database) => must(database, "auto_minor_version_upgrade", true),
});
