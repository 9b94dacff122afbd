import { blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const ecs02 = rule({
  id: "ECS-02",
  title: "what people type into containers is recorded",
  severity: "medium",
  types: ["aws_ecs_cluster"],
  why: "ECS Exec opens a shell in production; without a log nobody knows what was done in it",
  fix: 'write logging = "OVERRIDE" with a log group, or "DEFAULT"',
  also: ["CKV_AWS_223"],
  inspect: (cluster) =>
    blocks(cluster.body.configuration)
      .flatMap(({ execute_command_configuration }) => blocks(execute_command_configuration))
      .flatMap(({ logging }) =>
        complainIf(
          logging === "NONE",
          cluster,
          "execute_command_configuration.logging",
          logging,
          "OVERRIDE or DEFAULT",
        ),
      ),
});
