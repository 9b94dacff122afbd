import { complainIf, rule } from "../rule";

export const net02 = rule({
  id: "NET-02",
  title: "the default security group of every VPC lets nothing through",
  severity: "high",
  types: ["aws_vpc", "aws_default_security_group"],
  why: "whatever is started without a group gets the default one, in which AWS lets all members talk to each other",
  fix: "adopt it with an aws_default_security_group without ingress and egress, and add no rule to it",
  also: ["CKV2_AWS_12", "AWS-0173", "EC2.2"],
  inspect: (entry, doc) => {
    if (entry.type === "aws_vpc") {
      const adopted = doc.all("aws_default_security_group").some(({ body }) => doc.follow(body.vpc_id) === entry);
      return complainIf(!adopted, entry, "aws_default_security_group", undefined, "one that adopts this VPC's group");
    }
    const rules = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];
    return [
      ...["ingress", "egress"].flatMap((side) => {
        const given = entry.body[side];
        const open = Array.isArray(given) ? given.length > 0 : given !== undefined;
        return complainIf(open, entry, side, given, "no rule");
      }),
      ...doc
        .all(...rules)
        .filter(({ body }) => doc.follow(body.security_group_id) === entry)
        .map((at) => ({
          at,
          argument: "security_group_id",
          given: at.body.security_group_id,
          wanted: "another group",
        })),
    ];
  },
});
