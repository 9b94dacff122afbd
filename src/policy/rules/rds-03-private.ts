import { must, rule } from "../rule";

export const rds03 = rule({
  id: "RDS-03",
  title: "databases have no public address",
  severity: "critical",
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  why: "a database that the internet can reach is protected by one password",
  fix: "write publicly_accessible = false",
  also: ["CKV_AWS_17", "AWS-0180", "RDS.2"],
  inspect: (database) => must(database, "publicly_accessible", false),
});
