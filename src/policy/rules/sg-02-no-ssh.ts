import { accessText, worldOn } from "../access";
import { rule } from "../rule";

export const sg02 = rule({
  id: "SG-02",
  title: "the internet reaches no SSH port",
  severity: "critical",
  types: ["aws_vpc_security_group_ingress_rule"],
  why: "an open port 22 is found within minutes, and tried for ever after",
  fix: "use Session Manager, which needs no open port; for a bastion, name the address ranges of its users",
  also: ["CKV_AWS_24", "AWS-0107", "EC2.13"],
  check: (doc) =>
    worldOn(doc, [22]).map((access) => ({
      at: access.entry,
      argument: "cidr_ipv4",
      given: accessText(access),
      wanted: "no SSH from the internet",
    })),
});
