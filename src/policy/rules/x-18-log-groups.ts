import { asBlock, isReference, list, same } from "../../core/terraform-json";
import { containers } from "../embedded";
import { complainIf, rule } from "../rule";

export const x18 = rule({
  id: "X-18",
  title: "log groups exist before what writes to them",
  severity: "low",
  types: ["aws_ecs_task_definition", "aws_flow_log", "aws_db_instance", "aws_rds_cluster"],
  why: "a log group that a service makes by itself is kept for ever, costs for ever, and outlives the stack",
  fix: "make an aws_cloudwatch_log_group with a retention, and refer to it",
  check: (doc) => [
    ...containers(doc).flatMap(({ entry, name, body }) => {
      const { logDriver, options } = asBlock(body.logConfiguration);
      if (logDriver !== "awslogs") return [];
      const group = asBlock(options)["awslogs-group"];
      const makesIt = same(asBlock(options)["awslogs-create-group"], true);
      const known = isReference(group) && !makesIt;
      const argument = `container_definitions ${name}.awslogs-group`;
      return complainIf(!known, entry, argument, group, "a reference to a log group, without awslogs-create-group");
    }),
    ...doc
      .all("aws_flow_log")
      .filter(({ body }) => body.log_destination_type === undefined || body.log_destination_type === "cloud-watch-logs")
      .flatMap((log) => {
        const { log_destination } = log.body;
        return complainIf(!isReference(log_destination), log, "log_destination", log_destination, "a log group's arn");
      }),
    ...doc.all("aws_db_instance", "aws_rds_cluster").flatMap((database) => {
      const exports = list(database.body.enabled_cloudwatch_logs_exports);
      const groups = doc
        .all("aws_cloudwatch_log_group")
        .filter((group) => doc.referrers(group).includes(database))
        .map(({ body }) => String(body.name).split("/").at(-1));
      const missing = exports.filter((log) => !groups.includes(String(log)));
      const wanted = "a log group for each, named in depends_on";
      return complainIf(missing.length > 0, database, "enabled_cloudwatch_logs_exports", missing, wanted);
    }),
  ],
});
