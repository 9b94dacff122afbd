import { must, rule } from "../rule";

export const lb08 = rule({
  id: "LB-08",
  title: "load balancers of kept systems cannot be deleted by accident",
  severity: "medium",
  types: ["aws_lb"],
  why: "its DNS name goes with it, and every record and partner that points there",
  fix: "write enable_deletion_protection = true: onRemoval keep does",
  also: ["CKV_AWS_150", "ELB.6"],
  whenKept: true,
  inspect: (balancer) => must(balancer, "enable_deletion_protection", true),
});
