import { blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const ecs01 = rule({
  id: "ECS-01",
  title: "clusters of kept systems measure their tasks",
  severity: "low",
  types: ["aws_ecs_cluster"],
  why: "without Container Insights nobody sees which task runs out of memory",
  fix: 'add setting { name = "containerInsights", value = "enabled" } or "enhanced"',
  also: ["CKV_AWS_65", "AWS-0034", "ECS.12"],
  whenKept: true,
  inspect: (cluster) => {
    const insights = blocks(cluster.body.setting).find(({ name }) => name === "containerInsights")?.value;
    const on = insights === "enabled" || insights === "enhanced";
    return complainIf(!on, cluster, "setting containerInsights", insights, "enabled or enhanced");
  },
});
