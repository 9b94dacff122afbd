import { complainIf, rule } from "../rule";

export const ecs05 = rule({
  id: "ECS-05",
  title: "the role that starts a task is not the role that its code has",
  severity: "high",
  types: ["aws_ecs_task_definition"],
  why: "the execution role reads secrets and images; code that has it reads them too. Code without role may find the machine's",
  fix: "give the task definition an execution_role_arn and another task_role_arn",
  also: ["CKV_AWS_249"],
  inspect: (task) => {
    const { execution_role_arn, task_role_arn } = task.body;
    const missing = execution_role_arn === undefined || task_role_arn === undefined;
    const wrong = missing || execution_role_arn === task_role_arn;
    return complainIf(
      wrong,
      task,
      "task_role_arn",
      task_role_arn,
      `two roles, execution_role_arn is ${execution_role_arn}`,
    );
  },
});
