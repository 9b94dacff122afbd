import { aws, disposable, drop, set, setInside, specify } from "../testing/specify";
import { ecr01 } from "./ecr-01-immutable-tags";
import { ecr02 } from "./ecr-02-scans";
import { ecr04 } from "./ecr-04-private";
import { ecr05 } from "./ecr-05-lifecycle";
import { ecs01 } from "./ecs-01-insights";
import { ecs02 } from "./ecs-02-exec-logging";
import { ecs05 } from "./ecs-05-two-roles";
import { ecs08 } from "./ecs-08-privileged";
import { ecs09 } from "./ecs-09-namespaces";
import { ecs11 } from "./ecs-11-plain-secrets";
import { ecs12 } from "./ecs-12-logs";
import { ecs13 } from "./ecs-13-network-mode";
import { r08 } from "./r-08-capacity-protection";
import { r09 } from "./r-09-safe-deployments";
import { x18 } from "./x-18-log-groups";

const cluster = (changes: object = {}) =>
  aws({ aws_ecs_cluster: { c: { setting: [{ name: "containerInsights", value: "enabled" }], ...changes } } });
const repository = aws({
  aws_ecr_repository: {
    r: { image_tag_mutability: "IMMUTABLE", image_scanning_configuration: { scan_on_push: true } },
  },
  aws_ecr_lifecycle_policy: { r: { repository: "${aws_ecr_repository.r.name}" } },
});

specify(ecs01, {
  good: [cluster(), cluster({ setting: { name: "containerInsights", value: "enhanced" } })],
  broken: {
    "it is off": set("aws_ecs_cluster/c/setting/0/value", "disabled"),
    "AWS decides": drop("aws_ecs_cluster/c/setting"),
  },
  elsewhere: [repository, disposable(cluster({ setting: [] }))],
});

const exec = (logging: string) => ({ configuration: { execute_command_configuration: { logging } } });
specify(ecs02, {
  good: [cluster(exec("OVERRIDE")), cluster(exec("DEFAULT"))],
  broken: {
    "nothing is recorded": set("aws_ecs_cluster/c/configuration/execute_command_configuration/logging", "NONE"),
  },
  elsewhere: cluster(),
});

const container = {
  name: "web",
  image: "repo/web:1",
  environment: [
    { name: "DB_HOST", value: "${data.aws_ssm_parameter.host.insecure_value}" },
    { name: "DB_PASSWORD_FILE", value: "/run/secrets/db" },
  ],
  secrets: [{ name: "DB_PASSWORD", valueFrom: '${data.aws_ssm_parameter.map["secret"].insecure_value}:password::' }],
  logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "${aws_cloudwatch_log_group.web.name}" } },
};
const definition = {
  network_mode: "bridge",
  execution_role_arn: "${aws_iam_role.execution.arn}",
  task_role_arn: "${aws_iam_role.task.arn}",
  container_definitions: JSON.stringify([container]),
};
const task = (changes: object = {}) =>
  aws({ aws_ecs_task_definition: { t: { ...definition, ...changes } }, aws_cloudwatch_log_group: { web: {} } });
const path = "aws_ecs_task_definition/t";
const inside = `${path}/container_definitions//0`;

specify(ecs05, {
  good: task(),
  broken: {
    "both are one": set(`${path}/task_role_arn`, "${aws_iam_role.execution.arn}"),
    "the code has none": drop(`${path}/task_role_arn`),
    "the agent has none": drop(`${path}/execution_role_arn`),
  },
  elsewhere: cluster(),
});

specify(ecs08, {
  good: task(),
  broken: { "one is": setInside(`${inside}/privileged`, true) },
  elsewhere: cluster(),
});

specify(ecs09, {
  good: [task(), task({ pid_mode: "task" })],
  broken: {
    "the task does": set(`${path}/pid_mode`, "host"),
    "the task shares memory with the machine": set(`${path}/ipc_mode`, "host"),
    "a container asks for it": setInside(`${inside}/pidMode`, "host"),
  },
  elsewhere: cluster(),
});

specify(ecs11, {
  good: task(),
  broken: {
    "a password is written out": setInside(`${inside}/environment/2`, { name: "DB_PASSWORD", value: "hunter2" }),
    "a token has an innocent name": setInside(`${inside}/environment/2`, { name: "X", value: "AKIAABCDEFGHIJKLMNOP" }),
    "a URL carries a password": setInside(`${inside}/environment/2`, { name: "DB", value: "postgres://u:p@db/x" }),
    "a password comes from another resource": setInside(`${inside}/environment/2`, {
      name: "apiKey",
      value: "${aws_x.y.secret}",
    }),
  },
  elsewhere: [cluster(), task({ container_definitions: JSON.stringify([{ name: "idle" }]) })],
});

specify(ecs12, {
  good: task(),
  broken: {
    "the output stays on the machine": setInside(`${inside}/logConfiguration/logDriver`, "json-file"),
    "nothing is said": setInside(`${inside}/logConfiguration`, undefined),
  },
  elsewhere: cluster(),
});

specify(ecs13, {
  good: [task(), task({ network_mode: "awsvpc" })],
  broken: {
    "they use the machine's": set(`${path}/network_mode`, "host"),
    "AWS decides": drop(`${path}/network_mode`),
  },
  elsewhere: cluster(),
});

const capacity = aws({
  aws_ecs_capacity_provider: {
    p: {
      auto_scaling_group_provider: {
        auto_scaling_group_arn: "${aws_autoscaling_group.g.arn}",
        managed_termination_protection: "ENABLED",
        managed_scaling: { status: "ENABLED" },
      },
    },
  },
  aws_autoscaling_group: { g: { protect_from_scale_in: true } },
});
const provider = "aws_ecs_capacity_provider/p/auto_scaling_group_provider";
specify(r08, {
  good: capacity,
  broken: {
    "scaling is not managed": drop(`${provider}/managed_scaling`),
    "the group does not protect its machines": drop("aws_autoscaling_group/g/protect_from_scale_in"),
  },
  elsewhere: aws({
    aws_ecs_capacity_provider: { p: { auto_scaling_group_provider: { managed_termination_protection: "DISABLED" } } },
  }),
});

const service = (changes: object = {}) =>
  aws({ aws_ecs_service: { s: { deployment_circuit_breaker: { enable: true, rollback: true }, ...changes } } });
specify(r09, {
  good: [
    service({ deployment_minimum_healthy_percent: 100, deployment_maximum_percent: 200 }),
    service(),
    service({ scheduling_strategy: "DAEMON", deployment_minimum_healthy_percent: 0 }),
  ],
  broken: {
    "there is no circuit breaker": drop("aws_ecs_service/s/deployment_circuit_breaker"),
    "it stops, but does not go back": set("aws_ecs_service/s/deployment_circuit_breaker/rollback", false),
    "no task may start and none may stop": set("aws_ecs_service/s/deployment_maximum_percent", 100),
  },
  elsewhere: [task(), aws({ aws_ecs_service: { s: { deployment_controller: { type: "CODE_DEPLOY" } } } })],
});

specify(x18, {
  good: [
    task(),
    aws({ aws_flow_log: { f: { log_destination: "${aws_cloudwatch_log_group.flow.arn}" } } }),
    aws({
      aws_db_instance: {
        d: { enabled_cloudwatch_logs_exports: ["error"], depends_on: ["aws_cloudwatch_log_group.error"] },
      },
      aws_cloudwatch_log_group: { error: { name: "/aws/rds/instance/d/error" } },
    }),
  ],
  broken: {
    "a container names one that somebody makes": setInside(`${inside}/logConfiguration/options/awslogs-group`, "/web"),
    "a container makes its own": setInside(`${inside}/logConfiguration/options/awslogs-create-group`, "true"),
    "a flow log names one": set("aws_flow_log/f", { log_destination: "arn:aws:logs:x" }),
    "a database makes its own": set("aws_db_instance/d", { enabled_cloudwatch_logs_exports: ["error"] }),
  },
  elsewhere: [
    task({ container_definitions: JSON.stringify([{ name: "w", logConfiguration: { logDriver: "fluentd" } }]) }),
    aws({ aws_flow_log: { f: { log_destination_type: "s3", log_destination: "arn:aws:s3:::central" } } }),
    aws({ aws_db_instance: { d: {} } }),
  ],
});

specify(ecr01, {
  good: repository,
  broken: {
    "tags may move": set("aws_ecr_repository/r/image_tag_mutability", "MUTABLE"),
    "AWS decides": drop("aws_ecr_repository/r/image_tag_mutability"),
  },
  elsewhere: cluster(),
});

specify(ecr02, {
  good: repository,
  broken: {
    "scans are off": set("aws_ecr_repository/r/image_scanning_configuration/scan_on_push", false),
    "nothing is said": drop("aws_ecr_repository/r/image_scanning_configuration"),
  },
  elsewhere: [
    cluster(),
    aws({ aws_ecr_repository: { r: {} }, aws_ecr_registry_scanning_configuration: { all: { scan_type: "ENHANCED" } } }),
  ],
});

const invite = (statement: object) =>
  aws({ aws_ecr_repository_policy: { p: { policy: JSON.stringify({ Statement: [statement] }) } } });
const pull = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "ecr:BatchGetImage" };
const statement = "aws_ecr_repository_policy/p/policy//Statement/0";
specify(ecr04, {
  good: [
    invite(pull),
    invite({ ...pull, Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
  ],
  broken: {
    "everybody may pull": setInside(`${statement}/Principal`, "*"),
    "every account may pull": setInside(`${statement}/Principal`, { AWS: ["*"] }),
    "everybody but one may pull": setInside(`${statement}/NotPrincipal`, { AWS: "111122223333" }),
  },
  elsewhere: [invite({ ...pull, Effect: "Deny", Principal: "*" }), repository],
});

specify(ecr05, {
  good: repository,
  broken: {
    "there is no policy": drop("aws_ecr_lifecycle_policy/r", "aws_ecr_repository.r"),
    "the policy is of another repository": set(
      "aws_ecr_lifecycle_policy/r/repository",
      "other",
      "aws_ecr_repository.r",
    ),
  },
  elsewhere: cluster(),
});
