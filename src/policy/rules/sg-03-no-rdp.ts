import { accessText, worldOn } from "../access";
import { rule } from "../rule";

export const sg03 = rule({
  id: "SG-03",
  title: "the internet reaches no Remote Desktop port",
  severity: "critical",
  types: ["aws_vpc_security_group_ingress_rule"],
  why: "Remote Desktop is the usual way in for ransomware",
  fix: "use Session Manager, which forwards ports without opening one",
  also: ["CKV_AWS_25", "AWS-0107", "EC2.14"],
  check: (doc) =>
    worldOn(doc, [3389]).map((access) => ({
      at: access.entry,
      argument: "cidr_ipv4",
      given: accessText(access),
      wanted: "no Remote Desktop from the internet",
    })),
});
