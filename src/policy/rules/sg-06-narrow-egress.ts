import { accessRules, accessText, isWorld } from "../access";
import { rule } from "../rule";

export const sg06 = rule({
  id: "SG-06",
  title: "the way out to the internet is HTTPS only",
  severity: "medium",
  types: ["aws_vpc_security_group_egress_rule"],
  why: "an intruder who can call anything anywhere takes the data out by any protocol",
  fix: "allow tcp/443 to the internet, and everything else to the group that answers",
  also: ["CKV_AWS_382", "AWS-0104"],
  check: (doc) =>
    accessRules(doc)
      .filter(({ direction, cidr }) => direction === "egress" && isWorld(cidr))
      .filter(({ protocol, from, to }) => protocol !== "tcp" || from !== 443 || to !== 443)
      .map((access) => ({ at: access.entry, argument: "to_port", given: accessText(access), wanted: "tcp 443" })),
});
