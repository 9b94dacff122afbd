import { isBehindLoadBalancer } from "../machines";
import { must, rule } from "../rule";

export const asg03 = rule({
  id: "ASG-03",
  title: "machines behind a load balancer are replaced when it finds them ill",
  severity: "medium",
  types: ["aws_autoscaling_group"],
  why: "EC2 only sees whether the machine runs: one whose application hangs would stay for ever",
  fix: 'write health_check_type = "ELB" and a grace period',
  also: ["CKV2_AWS_15", "AutoScaling.1"],
  inspect: (group, doc) => (isBehindLoadBalancer(doc, group) ? must(group, "health_check_type", "ELB") : []),
});
