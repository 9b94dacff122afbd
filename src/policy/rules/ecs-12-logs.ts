import { asBlock } from "../../core/terraform-json";
import { containers } from "../embedded";
import { complainIf, rule } from "../rule";

export const ecs12 = rule({
  id: "ECS-12",
  title: "every container keeps its output somewhere",
  severity: "medium",
  types: ["aws_ecs_task_definition"],
  why: "what a container wrote is gone with the container, and nobody learns why it stopped",
  fix: "give it a logConfiguration with awslogs and a log group",
  also: ["ECS.9"],
  check: (doc) =>
    containers(doc).flatMap(({ entry, name, body }) => {
      const { logDriver } = asBlock(body.logConfiguration);
      const kept = ["awslogs", "awsfirelens", "fluentd", "splunk", "gelf", "syslog"].includes(String(logDriver));
      const argument = `container_definitions ${name}.logConfiguration.logDriver`;
      return complainIf(!kept, entry, argument, logDriver, "awslogs, or another driver that takes it off the machine");
    }),
});
