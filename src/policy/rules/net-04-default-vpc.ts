import { never } from "../rule";

export const net04 = never({
  id: "NET-04",
  title: "the default VPC is not used",
  severity: "high",
  types: ["aws_default_vpc", "aws_default_subnet"],
  why: "all its subnets are public, and everybody in the account shares it",
  fix: "make a network of your own",
  also: ["CKV_AWS_148", "AWS-0101"],
  instead: "a VPC of our own",
});
