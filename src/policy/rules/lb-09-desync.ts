import { isApplication } from "../load-balancers";
import { must, rule } from "../rule";

export const lb09 = rule({
  id: "LB-09",
  title: "application load balancers defend against desync attacks",
  severity: "medium",
  types: ["aws_lb"],
  why: "requests that two servers cut differently carry a second request past every check",
  fix: 'write desync_mitigation_mode = "defensive"',
  also: ["CKV_AWS_328", "ELB.12"],
  inspect: (balancer) =>
    isApplication(balancer) ? must(balancer, "desync_mitigation_mode", "defensive", "strictest") : [],
});
