import { containers } from "../embedded";
import { complainIf, rule } from "../rule";

export const ecs09 = rule({
  id: "ECS-09",
  title: "tasks do not see the processes of their machine",
  severity: "high",
  types: ["aws_ecs_task_definition"],
  why: "with the host's process or IPC namespace a container reads the memory and the environment of all others",
  fix: "leave pid_mode and ipc_mode out",
  also: ["CKV_AWS_335", "ECS.3"],
  check: (doc) => [
    ...doc
      .all("aws_ecs_task_definition")
      .flatMap((task) =>
        ["pid_mode", "ipc_mode"].flatMap((mode) =>
          complainIf(task.body[mode] === "host", task, mode, task.body[mode], "nothing, or task"),
        ),
      ),
    ...containers(doc).flatMap(({ entry, name, body }) =>
      complainIf(body.pidMode === "host", entry, `container_definitions ${name}.pidMode`, body.pidMode, "nothing"),
    ),
  ],
});
