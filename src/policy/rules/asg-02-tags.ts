import { blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const asg02 = rule({
  id: "ASG-02",
  title: "the tags of an Auto Scaling group reach its machines",
  severity: "low",
  types: ["aws_autoscaling_group"],
  why: "a machine without tags is on nobody's bill and in nobody's inventory",
  fix: "write propagate_at_launch = true in every tag",
  also: ["CKV_AWS_153"],
  inspect: (group) =>
    blocks(group.body.tag).flatMap(({ key, propagate_at_launch }) =>
      complainIf(
        !same(propagate_at_launch, true),
        group,
        `tag ${key}`,
        propagate_at_launch,
        "propagate_at_launch true",
      ),
    ),
});
