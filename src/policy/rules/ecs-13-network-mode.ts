import { must, rule } from "../rule";

export const ecs13 = rule({
  id: "ECS-13",
  title: "tasks have a network of their own",
  severity: "high",
  types: ["aws_ecs_task_definition"],
  why: "in the host's network a container listens on every port it likes, and reaches the credentials of the machine",
  fix: "use awsvpc, or bridge with ports that Docker chooses",
  also: ["ECS.1"],
  inspect: (task) => must(task, "network_mode", "awsvpc", "bridge", "none"),
});
