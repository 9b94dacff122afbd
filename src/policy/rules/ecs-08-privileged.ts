import { same } from "../../core/terraform-json";
import { containers } from "../embedded";
import { rule } from "../rule";

export const ecs08 = rule({
  id: "ECS-08",
  title: "no container is privileged",
  severity: "critical",
  types: ["aws_ecs_task_definition"],
  why: "root in a privileged container is root on the machine, with every other task on it",
  fix: "leave privileged out, and add the one Linux capability that is needed",
  also: ["CKV_AWS_334", "ECS.4"],
  check: (doc) =>
    containers(doc)
      .filter(({ body }) => same(body.privileged, true))
      .map(({ entry, name, body }) => ({
        ...{ at: entry, argument: `container_definitions ${name}.privileged` },
        ...{ given: body.privileged, wanted: "false" },
      })),
});
