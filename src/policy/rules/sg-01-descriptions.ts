import { complainIf, rule } from "../rule";

const accepted = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

export const sg01 = rule({
  id: "SG-01",
  title: "every security group and every rule says what it is for",
  severity: "low",
  types: ["aws_security_group", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
  why: "nobody dares to remove an opening whose reason is unknown; without a text AWS shows one that says nothing",
  fix: "describe who reaches whom and why, in at most 255 of the characters that AWS accepts",
  also: ["CKV_AWS_23", "AWS-0099", "AWS-0124"],
  inspect: (entry) => {
    const { description } = entry.body;
    const wrong = !accepted.test(String(description ?? "")) || description === "Managed by Terraform";
    return complainIf(wrong, entry, "description", description, "1 to 255 characters that AWS accepts, saying why");
  },
});
