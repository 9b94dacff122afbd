import { complainIf, rule } from "../rule";

export const lb05 = rule({
  id: "LB-05",
  title: "targets are called over TLS",
  severity: "low",
  types: ["aws_lb_target_group"],
  why: "behind the load balancer requests travel in clear text through the VPC",
  fix: "let the target speak HTTPS; or accept it where load balancer and targets share private subnets, and say so",
  also: ["CKV_AWS_378"],
  inspect: (group) => {
    const { protocol, target_type } = group.body;
    const plain = target_type !== "lambda" && !["HTTPS", "TLS"].includes(String(protocol));
    return complainIf(plain, group, "protocol", protocol, "HTTPS or TLS");
  },
});
