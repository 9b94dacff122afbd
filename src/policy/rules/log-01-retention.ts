import { logDays } from "../../core/log-days";
import { complainIf, rule } from "../rule";

export const log01 = rule({
  id: "LOG-01",
  title: "every log group forgets after a time",
  severity: "low",
  types: ["aws_cloudwatch_log_group"],
  why: "logs without end cost without end, and keep personal data longer than the law allows",
  fix: "write retention_in_days, such as 30",
  also: ["CKV_AWS_66"],
  inspect: (group) => {
    const days = group.body.retention_in_days;
    return complainIf(
      !logDays.includes(Number(days ?? 0)),
      group,
      "retention_in_days",
      days,
      "a number of days that CloudWatch Logs knows",
    );
  },
});
