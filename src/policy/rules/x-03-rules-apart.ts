import { blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const x03 = rule({
  id: "X-03",
  title: "each security group rule is a resource of its own, with one peer",
  severity: "medium",
  types: ["aws_security_group", "aws_security_group_rule"],
  why: "rules inside a group remove all others at the next apply, and a rule with several peers is replaced as a whole",
  fix: "use aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule",
  inspect: (entry) => {
    if (entry.type === "aws_security_group_rule") {
      return complainIf(true, entry, entry.type, entry.address, "aws_vpc_security_group_ingress_rule or …egress_rule");
    }
    const dynamic = blocks(entry.body.dynamic).flatMap(Object.keys);
    return ["ingress", "egress"].flatMap((side) =>
      complainIf(
        side in entry.body || dynamic.includes(side),
        entry,
        side,
        entry.body[side],
        "no rule inside the group",
      ),
    );
  },
});
