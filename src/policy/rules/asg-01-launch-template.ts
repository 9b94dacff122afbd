import { launchTemplatesOf } from "../machines";
import { complainIf, rule } from "../rule";

export const asg01 = rule({
  id: "ASG-01",
  title: "Auto Scaling groups start machines from launch templates",
  severity: "medium",
  types: ["aws_autoscaling_group", "aws_launch_configuration"],
  why: "launch configurations have no versions, no IMDSv2 switch per interface, and AWS makes no new kind of them",
  fix: "use a launch template and its latest_version",
  also: ["CKV_AWS_315", "AutoScaling.9"],
  inspect: (entry) => {
    if (entry.type === "aws_launch_configuration") {
      return complainIf(true, entry, entry.type, entry.address, "aws_launch_template");
    }
    const missing = launchTemplatesOf(entry).length === 0 || entry.body.launch_configuration !== undefined;
    return complainIf(missing, entry, "launch_template", entry.body.launch_configuration, "a launch template");
  },
});
