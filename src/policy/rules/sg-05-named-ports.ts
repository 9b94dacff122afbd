import { accessRules, accessText } from "../access";
import { rule } from "../rule";

export const sg05 = rule({
  id: "SG-05",
  title: "every way in names its ports",
  severity: "high",
  types: ["aws_vpc_security_group_ingress_rule"],
  why: "a rule for every port also opens what is installed next year",
  fix: "name protocol, from_port and to_port of the one thing that listens",
  also: ["CKV_AWS_277", "AWS-0107", "EC2.18", "EC2.19"],
  check: (doc) =>
    accessRules(doc)
      .filter(({ direction, protocol, from, to }) => direction === "ingress" && isEverything(protocol, from, to))
      .map((access) => ({
        at: access.entry,
        argument: "ip_protocol",
        given: accessText(access),
        wanted: "a protocol and the ports that something listens on",
      })),
});

const isEverything = (protocol: string, from: number, to: number) =>
  protocol === "-1" || (!protocol.startsWith("icmp") && from <= 1 && to >= 65_535);
