import { never } from "../rule";

export const sg09 = never({
  id: "SG-09",
  title: "no security group of EC2-Classic",
  severity: "medium",
  types: ["aws_db_security_group", "aws_elasticache_security_group", "aws_redshift_security_group"],
  why: "AWS switched EC2-Classic off: these groups protect nothing",
  fix: "use an aws_security_group of the VPC",
  also: ["CKV_AWS_196", "CKV_AWS_198", "AWS-0049"],
  instead: "a security group of the VPC",
});
