import { list, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const log04 = rule({
  id: "LOG-04",
  title: "somebody hears of every alarm",
  severity: "medium",
  types: ["aws_cloudwatch_metric_alarm"],
  why: "an alarm without an action turns red on a page that nobody looks at at night",
  fix: "name a topic in alarm_actions",
  also: ["CKV_AWS_319"],
  inspect: (alarm) => {
    const { alarm_actions, actions_enabled } = alarm.body;
    return [
      ...complainIf(list(alarm_actions).length === 0, alarm, "alarm_actions", alarm_actions, "at least one topic"),
      ...complainIf(same(actions_enabled, false), alarm, "actions_enabled", actions_enabled, "true"),
    ];
  },
});
