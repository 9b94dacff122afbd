import { rule } from "../rule";
import { severalZones } from "../zones";

export const lb13 = rule({
  id: "LB-13",
  title: "load balancers stand in two zones or more",
  severity: "high",
  types: ["aws_lb"],
  why: "one zone fails as a whole; and AWS refuses an application load balancer with one",
  fix: "give it subnets of two zones",
  also: ["ELB.13"],
  inspect: (balancer, doc) => severalZones(doc, balancer, "subnets"),
});
