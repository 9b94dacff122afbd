import { rule } from "../rule";
import { severalZones } from "../zones";

export const asg04 = rule({
  id: "ASG-04",
  title: "groups of several machines span several zones",
  severity: "high",
  types: ["aws_autoscaling_group"],
  why: "a zone fails as a whole, and all machines with it",
  fix: "give the group subnets of two zones; a group of one machine may stay where its disk is",
  also: ["AutoScaling.2"],
  inspect: (group, doc) => (Number(group.body.max_size) === 1 ? [] : severalZones(doc, group, "vpc_zone_identifier")),
});
