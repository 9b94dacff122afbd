import { isSwitch, namesSecret, secretIn } from "../../core/secret-text";
import { blocks } from "../../core/terraform-json";
import { containers } from "../embedded";
import { rule } from "../rule";

export const ecs11 = rule({
  id: "ECS-11",
  title: "containers get secrets by reference",
  severity: "critical",
  types: ["aws_ecs_task_definition"],
  why: "the environment of a task definition is read by everybody who may look at ECS, and stays in every old revision",
  fix: "move it to secrets, with the ARN of a secret as valueFrom",
  also: ["AWS-0036", "ECS.8"],
  check: (doc) =>
    containers(doc).flatMap(({ entry, name, body }) =>
      blocks(body.environment).flatMap((variable) => {
        const value = String(variable.value ?? "");
        const shape = secretIn(value);
        if (!shape && (isSwitch(value) || !namesSecret(String(variable.name)))) return [];
        const given = shape ?? `a value of ${value.length} characters`;
        const argument = `container_definitions ${name}.environment.${variable.name}`;
        return [{ at: entry, argument, given, wanted: "secrets with valueFrom" }];
      }),
    ),
});
