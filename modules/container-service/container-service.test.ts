import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { type Block, type Synthesized, synthesize } from "../../src/testing/synthesize";
import { type BalancedServiceProps, ContainerService, type DirectServiceProps } from ".";

const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-1-AbCdEf";
const props: BalancedServiceProps = {
  name: "wordpress-dev-shop",
  region: "eu-west-1",
  cluster: {
    arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/dev",
    name: "dev",
    capacityProvider: "dev-machines",
    execLogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:/slipway/dev/exec",
  },
  vpcId: "vpc-1",
  listener: {
    arn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/dev/50dc6c495c0c9188/0467ef3c8400ae65",
    loadBalancerArnSuffix: "app/dev/50dc6c495c0c9188",
  },
  route: { path: "/*", priority: 100 },
  image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/wordpress:6.8.3-1",
  repositoryArn: "arn:aws:ecr:eu-west-1:111122223333:repository/wordpress",
};
const shop = (more: Partial<BalancedServiceProps> = {}) =>
  synthesize((stack) => new ContainerService(stack, "shop", { ...props, ...more }));
const containerOf = ({ one }: Synthesized): Block => JSON.parse(one(EcsTaskDefinition).container_definitions)[0];
const container = (more: Partial<BalancedServiceProps> = {}) => containerOf(shop(more));
const service = (more: Partial<BalancedServiceProps> = {}) => shop(more).one(EcsService);
const statementsOf = ({ policy }: Block): Block[] => JSON.parse(policy).Statement;

/** A stack in which a VPC is made, after any number of other things. */
const inVpc = (before: number) =>
  synthesize((stack: TerraformStack) => {
    for (let n = 0; n < before; n++) new Vpc(stack, `other${n}`, { cidrBlock: "10.0.0.0/16" }).id.toString();
    const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.1.0.0/16" });
    new ContainerService(stack, "shop", { ...props, vpcId: vpc.id, environment: { VPC: vpc.id, PLAIN: "${vpc.id}" } });
  });

describe("the task definition of a container service", () => {
  it("is for EC2 machines in bridge mode, on ports that Docker chooses (S2-24, S2-R12)", () => {
    expect(shop().one(EcsTaskDefinition)).toMatchObject({
      family: "wordpress-dev-shop",
      network_mode: "bridge",
      requires_compatibilities: ["EC2"],
      execution_role_arn: expect.stringContaining("roles_execution"),
      task_role_arn: expect.stringContaining("roles_task"),
    });
    expect(container().portMappings).toEqual([{ containerPort: 80, hostPort: 0, protocol: "tcp" }]);
    expect(container({ port: 8080 }).portMappings).toEqual([{ containerPort: 8080, hostPort: 0, protocol: "tcp" }]);
  });

  it("runs the image it is given, with 10 CPU units and 512 MiB (S2-28, S2-R12, S2-D01)", () => {
    expect(container()).toMatchObject({ name: "wordpress-dev-shop", image: props.image, cpu: 10, memory: 512 });
    expect(container({ cpu: 256, memoryMib: 768 })).toMatchObject({ cpu: 256, memory: 768 });
  });

  it("says what AWS would fill in, and leaves nothing null (problem 16)", () => {
    expect(container()).toMatchObject({
      essential: true,
      environment: [],
      secrets: [],
      mountPoints: [],
      volumesFrom: [],
      systemControls: [],
    });
    expect(shop().one(EcsTaskDefinition).container_definitions).not.toContain("null");
  });

  it("is the same text, whatever the order of the settings (problem 16)", () => {
    const [A, B] = [{ arn: secretArn.replace("db-1", "db-2") }, { arn: secretArn }];
    const one = shop({ environment: { B: "2", A: "1", a: "3" }, secrets: { SB: B, SA: A } });
    const other = shop({ environment: { a: "3", A: "1", B: "2" }, secrets: { SA: A, SB: B } });
    expect(one.json).toBe(other.json);
    expect(containerOf(one).environment.map(({ name }: Block) => name)).toEqual(["A", "B", "a"]);
    expect(containerOf(one).secrets.map(({ name }: Block) => name)).toEqual(["SA", "SB"]);
  });

  it("keeps its older revisions, to which a service can go back (problem 15)", () => {
    expect(shop({ onRemoval: "destroy" }).one(EcsTaskDefinition)).toMatchObject({ skip_destroy: true });
    expect(shop({ onRemoval: "keep" }).one(EcsTaskDefinition)).toMatchObject({ skip_destroy: true });
  });

  it("gives the container no rights on the machine, and a first process that reaps the others", () => {
    expect(container()).toMatchObject({ privileged: false, linuxParameters: { initProcessEnabled: true } });
  });

  it("lets no program in the container become more than its caller (S3-W08)", () => {
    expect(container()).toMatchObject({ dockerSecurityOptions: ["no-new-privileges"] });
  });

  it("lets the container write to its files, as WordPress does, unless told otherwise", () => {
    expect(container()).toMatchObject({ readonlyRootFilesystem: false });
    expect(container({ readonlyRoot: true })).toMatchObject({ readonlyRootFilesystem: true });
  });

  it.each([
    [0, 10],
    [30, 40],
    [300, 120],
  ])("gives a container that drains %i seconds %i to stop", (drainSeconds, stopTimeout) => {
    expect(container({ drainSeconds })).toMatchObject({ stopTimeout });
  });
});

describe("the settings of a container service", () => {
  it("reach the container as environment variables (S2-25, S2-26, S2-R11)", () => {
    const environment = { WORDPRESS_DB_HOST: "db.internal", WORDPRESS_DB_DATABASE: "shop" };
    expect(container({ environment }).environment).toEqual([
      { name: "WORDPRESS_DB_DATABASE", value: "shop" },
      { name: "WORDPRESS_DB_HOST", value: "db.internal" },
    ]);
  });

  it("are not for Terraform to evaluate, while references to other constructs are", () => {
    const [plain, vpc] = containerOf(inVpc(0)).environment;
    expect(plain).toEqual({ name: "PLAIN", value: "$${vpc.id}" });
    expect(vpc.value).toMatch(/^\$\{aws_vpc\.vpc\.id\}$/);
    const environment = { A: '${file("/etc/passwd")}', B: "%{ if true }x%{ endif }", C: 'a "quote"\nand a \\' };
    expect(container({ environment }).environment.map(({ value }: Block) => value)).toEqual([
      '$${file("/etc/passwd")}',
      "%%{ if true }x%%{ endif }",
      'a "quote"\nand a \\',
    ]);
  });

  it("name their secrets, which ECS reads when it starts a task: whole, or one key of a JSON object (S2-25)", () => {
    const secrets = { PASSWORD: { arn: secretArn, key: "password" }, LICENCE: { arn: secretArn } };
    expect(container({ secrets }).secrets).toEqual([
      { name: "LICENCE", valueFrom: secretArn },
      { name: "PASSWORD", valueFrom: `${secretArn}:password::` },
    ]);
  });
});

describe("the roles of a container service", () => {
  const policyOf = (name: string, more: Partial<BalancedServiceProps> = {}) =>
    statementsOf(
      shop(more)
        .all(IamRolePolicy)
        .find((policy) => policy.name === name)!,
    );

  it("let ECS pull from its repository and write to its log group, and nothing else (S2-12, S2-28)", () => {
    expect(policyOf("start")).toEqual([
      { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
      {
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: props.repositoryArn,
      },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.shop_logs_\w+\.arn\}:\*$/),
      },
    ]);
  });

  it("let ECS open secrets with the keys of your own that the service names, each once, and by way of Secrets Manager", () => {
    const [kmsKeyArn, other] = ["1a", "2b"].map((id) => `arn:aws:kms:eu-west-1:111122223333:key/${id}`);
    const secrets = {
      C: { arn: secretArn, kmsKeyArn },
      B: { arn: secretArn, key: "b", kmsKeyArn },
      A: { arn: secretArn.replace("db-1", "db-2"), kmsKeyArn: other },
      D: { arn: secretArn.replace("db-1", "db-3") },
    };
    expect(policyOf("start", { secrets })).toContainEqual({
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: [other, kmsKeyArn],
      Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
    });
    const actions = policyOf("start", { secrets: { D: secrets.D } }).flatMap(({ Action }: Block) => Action);
    expect(actions).not.toContain("kms:Decrypt");
  });

  it("let ECS read the secrets that the service names, each once", () => {
    const other = secretArn.replace("db-1", "db-2");
    const secrets = { B: { arn: other }, A: { arn: secretArn, key: "a" }, C: { arn: secretArn, key: "c" } };
    expect(policyOf("start", { secrets })).toContainEqual({
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: [secretArn, other],
    });
  });

  it("let the application do nothing", () => {
    expect(shop().all(IamRolePolicy)).toHaveLength(1);
  });

  it("let the application take part in execute-command only where asked for", () => {
    const { one, all } = shop({ exec: true });
    expect(one(EcsService)).toMatchObject({ enable_execute_command: true });
    expect(all(IamRolePolicy).find(({ name }) => name === "exec")).toMatchObject({
      role: expect.stringContaining("shop_roles_task_"),
    });
    expect(policyOf("exec", { exec: true })).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenDataChannel",
          "logs:DescribeLogGroups",
        ],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: "arn:aws:logs:eu-west-1:111122223333:log-group:/slipway/dev/exec:*",
      },
    ]);
    expect(service()).toMatchObject({ enable_execute_command: false });
  });

  it.each([
    ["eu-west-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("are for the tasks of this account in %s and for nobody else", (region, partition) => {
    for (const role of shop({ region }).all(IamRole)) {
      const [statement] = JSON.parse(role.assume_role_policy).Statement;
      const account = expect.stringMatching(/^\$\{data\.aws_caller_identity\.shop_roles_account_\w+\.account_id\}$/);
      expect(statement).toMatchObject({
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      });
      expect(statement.Condition.ArnLike["aws:SourceArn"]).toMatch(
        new RegExp(`^arn:${partition}:ecs:${region}:\\$\\{data\\.aws_caller_identity\\.\\w+\\.account_id\\}:\\*$`),
      );
    }
  });

  it("are two, with names that fit", () => {
    const names = shop({ name: `shop-${"x".repeat(80)}` })
      .all(IamRole)
      .map(({ name }) => name as string);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(64);
  });
});

describe("the logs of a container service", () => {
  it("go to a group of their own, for 30 days or as long as asked", () => {
    expect(shop().one(CloudwatchLogGroup)).toMatchObject({ name: "/ecs/wordpress-dev-shop", retention_in_days: 30 });
    expect(shop({ logDays: 365 }).one(CloudwatchLogGroup)).toMatchObject({ retention_in_days: 365 });
  });

  it("outlive the service, unless it is disposable", () => {
    expect(shop().one(CloudwatchLogGroup)).toMatchObject({ skip_destroy: true });
    expect(shop({ onRemoval: "destroy" }).one(CloudwatchLogGroup)).toMatchObject({ skip_destroy: false });
  });

  it("never hold up the application, and have a group before they are written", () => {
    expect(container().logConfiguration).toEqual({
      logDriver: "awslogs",
      options: {
        "awslogs-group": expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.shop_logs_\w+\.name\}$/),
        "awslogs-region": "eu-west-1",
        "awslogs-stream-prefix": "wordpress-dev-shop",
        "max-buffer-size": "25m",
        mode: "non-blocking",
      },
    });
  });
});

describe("the target group of a container service", () => {
  it("takes tasks by machine and port, and says how a healthy one answers (S2-29, S2-R12)", () => {
    expect(shop().one(LbTargetGroup)).toMatchObject({
      target_type: "instance",
      protocol: "HTTP",
      vpc_id: "vpc-1",
      deregistration_delay: "30",
      load_balancing_algorithm_type: "least_outstanding_requests",
      health_check: {
        enabled: true,
        path: "/",
        matcher: "200-302",
        interval: 30,
        timeout: 5,
        healthy_threshold: 2,
        unhealthy_threshold: 3,
        port: "traffic-port",
        protocol: "HTTP",
      },
    });
  });

  it("checks health as asked, with the defaults for the rest", () => {
    const health = { path: "/wp-login.php", matcher: "200,404", intervalSeconds: 10, graceSeconds: undefined };
    const { one } = shop({ health, drainSeconds: 5 });
    expect(one(LbTargetGroup)).toMatchObject({
      deregistration_delay: "5",
      health_check: { path: "/wp-login.php", matcher: "200,404", interval: 10, timeout: 5 },
    });
    expect(one(EcsService)).toMatchObject({ health_check_grace_period_seconds: 120 });
  });

  it("has a new name when AWS must replace it, and its successor comes first (problem 11)", () => {
    const group = (more: Partial<BalancedServiceProps>) => shop(more).one(LbTargetGroup);
    expect(group({})).toMatchObject({ lifecycle: { create_before_destroy: true } });
    expect(group({}).name).toMatch(/^wordpress-dev-shop-[0-9a-f]{6}$/);
    expect(group({ vpcId: "vpc-2" }).name).not.toBe(group({}).name);
    expect(group({ name: `shop-${"x".repeat(80)}` }).name).toHaveLength(32);
  });

  it("is not replaced for another port, health check or delay (problem 11)", () => {
    const { name, port } = shop().one(LbTargetGroup);
    const other = shop({ port: 8080, drainSeconds: 5, health: { path: "/up" } }).one(LbTargetGroup);
    expect(other).toMatchObject({ name, port });
  });

  it("keeps its name when something else comes before it in the stack", () => {
    expect(inVpc(3).one(LbTargetGroup).name).toBe(inVpc(0).one(LbTargetGroup).name);
    expect(inVpc(0).one(LbTargetGroup).vpc_id).toBe("${aws_vpc.vpc.id}");
  });
});

describe("the listener rule of a container service", () => {
  it("sends the requests of its route to its target group, with the priority it is given (S2-30, S2-R12)", () => {
    expect(shop().one(LbListenerRule)).toMatchObject({
      listener_arn: props.listener.arn,
      priority: 100,
      action: [
        { type: "forward", target_group_arn: expect.stringContaining("aws_lb_target_group.shop_entry_targets") },
      ],
      condition: [{ path_pattern: { values: ["/*"] } }],
    });
  });

  it.each<[string, BalancedServiceProps["route"], object[]]>([
    ["a host", { host: "a.example.com", priority: 1 }, [{ host_header: { values: ["a.example.com"] } }]],
    [
      "both",
      { host: "a.example.com", path: "/b/*", priority: 1 },
      [{ host_header: { values: ["a.example.com"] } }, { path_pattern: { values: ["/b/*"] } }],
    ],
    ["everything", { priority: 1 }, [{ path_pattern: { values: ["/*"] } }]],
  ])("asks for %s", (_, route, condition) => {
    expect(shop({ route }).one(LbListenerRule).condition).toEqual(condition);
  });

  it("is never created before its predecessor is gone: two rules cannot have one priority (problem 11)", () => {
    expect(shop().one(LbListenerRule)).not.toHaveProperty("lifecycle");
  });
});

describe("a container service", () => {
  it("names its cluster by ARN, so that it is not replaced for its spelling (problem 7)", () => {
    expect(service()).toMatchObject({ cluster: props.cluster.arn });
  });

  it("says which capacity it runs on, and may change it (problem 6)", () => {
    expect(service()).toMatchObject({
      capacity_provider_strategy: [{ capacity_provider: "dev-machines", base: 0, weight: 1 }],
      force_new_deployment: true,
    });
    expect(service()).not.toHaveProperty("launch_type");
  });

  it("comes after the rule that forwards to it, and goes before it (problem 10)", () => {
    expect(service().depends_on).toContainEqual(expect.stringMatching(/^aws_lb_listener_rule\.shop_entry_rule_/));
  });

  it("comes after its roles have their rights, and goes before they lose them (problem 17)", () => {
    expect(service({ exec: true }).depends_on).toEqual([
      expect.stringMatching(/^aws_lb_listener_rule\./),
      expect.stringMatching(/^aws_iam_role_policy\.shop_roles_start-policy_/),
      expect.stringMatching(/^aws_iam_role_policy\.shop_roles_exec-policy_/),
    ]);
  });

  it("fails the apply when ECS went back to the previous tasks (problem 13)", () => {
    const { wait_for_steady_state, lifecycle } = service();
    expect(wait_for_steady_state).toBe(true);
    expect(lifecycle).toEqual({
      postcondition: [
        {
          condition: expect.stringMatching(
            /^\$\{\(self\.task_definition == aws_ecs_task_definition\.shop_task_\w+\.arn\)\}$/,
          ),
          error_message: "The new tasks did not become healthy, and ECS went back to the previous ones.",
        },
      ],
    });
  });

  it("replaces tasks without an outage, and goes back by itself when the new ones fail", () => {
    expect(service()).toMatchObject({
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      deployment_circuit_breaker: { enable: true, rollback: true },
    });
  });

  it("spreads over the zones, then fills machines", () => {
    expect(service()).toMatchObject({
      ordered_placement_strategy: [
        { type: "spread", field: "attribute:ecs.availability-zone" },
        { type: "binpack", field: "memory" },
      ],
      availability_zone_rebalancing: "ENABLED",
    });
  });

  it("gives a task time to wait for its database (S2-27)", () => {
    expect(service()).toMatchObject({ health_check_grace_period_seconds: 120 });
    expect(service({ health: { graceSeconds: 0 } })).toMatchObject({ health_check_grace_period_seconds: 0 });
  });

  it("registers the port of its container (S2-24)", () => {
    const { load_balancer } = service({ port: 8080 });
    expect(load_balancer).toEqual([
      {
        container_name: "wordpress-dev-shop",
        container_port: 8080,
        target_group_arn: expect.stringContaining("aws_lb_target_group.shop_entry_targets"),
      },
    ]);
  });

  it("hands its tags to its tasks", () => {
    expect(service()).toMatchObject({ propagate_tags: "SERVICE", enable_ecs_managed_tags: true });
  });

  it("can be removed with its tasks only where nothing is to be kept (problem 2)", () => {
    expect(service()).toMatchObject({ force_delete: false });
    expect(service({ onRemoval: "destroy" })).toMatchObject({ force_delete: true });
  });

  it("tells others its names", () => {
    const { document } = synthesize((stack) => {
      const { name, targetGroupArn, taskDefinitionArn, logGroupName, taskRoleName } = new ContainerService(
        stack,
        "shop",
        props,
      );
      for (const [key, value] of Object.entries({
        name,
        targetGroupArn,
        taskDefinitionArn,
        logGroupName,
        taskRoleName,
      })) {
        new TerraformOutput(stack, key, { value });
      }
    });
    expect(document.output).toEqual({
      name: { value: "wordpress-dev-shop" },
      targetGroupArn: { value: expect.stringMatching(/^\$\{aws_lb_target_group\.shop_entry_targets_\w+\.arn\}$/) },
      taskDefinitionArn: { value: expect.stringMatching(/^\$\{aws_ecs_task_definition\.shop_task_\w+\.arn\}$/) },
      logGroupName: { value: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.shop_logs_\w+\.name\}$/) },
      taskRoleName: { value: expect.stringMatching(/^\$\{aws_iam_role\.shop_roles_task_\w+\.name\}$/) },
    });
  });
});

describe("the output of the containers", () => {
  const logOf = (output?: "cloudwatch" | "forwarder") =>
    JSON.parse(shop({ output }).one(EcsTaskDefinition).container_definitions)[0].logConfiguration;

  it("goes to a forwarder on each machine where asked to, under the name of the service, and nobody waits for it (S2-W14)", () => {
    expect(logOf("forwarder")).toEqual({
      logDriver: "fluentd",
      options: {
        "fluentd-address": "127.0.0.1:24224",
        "fluentd-async": "true",
        tag: logOf().options["awslogs-stream-prefix"],
      },
    });
    expect(logOf().logDriver).toBe("awslogs");
  });
});

describe("the number of tasks", () => {
  const scaling = { min: 2, max: 6, cpuPercent: 60, memoryPercent: 75, requestsPerTarget: 600 };

  it("is 1 and always written, so that an apply repairs it (problem 12, S2-R12)", () => {
    expect(service()).toMatchObject({ desired_count: 1 });
    expect(service({ count: 0 })).toMatchObject({ desired_count: 0 });
    expect(service().lifecycle).not.toHaveProperty("ignore_changes");
    expect(shop().all(AppautoscalingTarget)).toEqual([]);
  });

  it("is left alone by Terraform when it scales, after a start with the minimum (problem 12)", () => {
    expect(service({ scaling })).toMatchObject({
      desired_count: 2,
      lifecycle: { ignore_changes: ["desired_count"], postcondition: [expect.anything()] },
    });
    expect(service({ scaling, count: 4 })).toMatchObject({ desired_count: 4 });
  });

  it("scales between its bounds, once the service exists (problem 17)", () => {
    expect(shop({ scaling }).one(AppautoscalingTarget)).toMatchObject({
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: expect.stringMatching(/^service\/dev\/\$\{aws_ecs_service\.shop_service_\w+\.name\}$/),
      min_capacity: 2,
      max_capacity: 6,
    });
  });

  it("moves its bounds at the times that are given, in the place where they are meant (S2-W08)", () => {
    const schedule = {
      morning: { at: "cron(0 7 ? * MON-FRI *)", timeZone: "Europe/Paris", min: 4, max: 12 },
      evening: { at: "cron(0 20 * * ? *)", min: 2, max: 6 },
    };
    const { all, one } = shop({ scaling: { min: 2, max: 6, schedule } });
    expect(all(AppautoscalingScheduledAction)).toMatchObject([
      { name: "evening", timezone: "UTC", scalable_target_action: { min_capacity: "2", max_capacity: "6" } },
      {
        ...{ name: "morning", schedule: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Paris" },
        scalable_target_action: { min_capacity: "4", max_capacity: "12" },
      },
    ]);
    // AWS writes the schedule's bounds into the target: no apply is to write the first ones back.
    expect(one(AppautoscalingTarget).lifecycle.ignore_changes).toEqual(["min_capacity", "max_capacity"]);
    expect(shop({ scaling }).one(AppautoscalingTarget)).not.toHaveProperty("lifecycle");
  });

  it.each([
    [{ at: "0 7 * * *", min: 1, max: 2 }, "scaling.schedule.morning.at must be at(yyyy-mm-ddThh:mm:ss), or cron("],
    [
      { at: "cron(0 7 * * ? *)", timeZone: "CET+1", min: 1, max: 2 },
      "scaling.schedule.morning.timeZone must be the name",
    ],
    [{ at: "cron(0 7 * * ? *)", min: 0, max: 2 }, "scaling.schedule.morning must be whole numbers from 1 to 5000"],
    [{ at: "cron(0 7 * * ? *)", min: 3, max: 2 }, "scaling.schedule.morning must be whole numbers from 1 to 5000"],
  ])("refuses the bounds %j", (morning, message) => {
    expect(() => shop({ scaling: { min: 1, max: 2, schedule: { morning } } })).toThrow(message);
  });

  it("follows CPU, memory and requests per task, once the bounds exist (problem 17)", () => {
    const policies = shop({ scaling }).all(AppautoscalingPolicy);
    const metrics = policies.map(({ target_tracking_scaling_policy_configuration: target }) => [
      target.predefined_metric_specification.predefined_metric_type,
      target.target_value,
    ]);
    expect(metrics).toEqual([
      ["ECSServiceAverageCPUUtilization", 60],
      ["ECSServiceAverageMemoryUtilization", 75],
      ["ALBRequestCountPerTarget", 600],
    ]);
    for (const policy of policies) {
      expect(policy.resource_id).toMatch(/^\$\{aws_appautoscaling_target\.shop_scaling_target_\w+\.resource_id\}$/);
    }
  });

  it("counts the requests of its own target group on its own load balancer", () => {
    const { one } = shop({ scaling: { min: 1, max: 2, requestsPerTarget: 600 } });
    const { predefined_metric_specification } = one(AppautoscalingPolicy).target_tracking_scaling_policy_configuration;
    expect(predefined_metric_specification.resource_label).toMatch(
      /^app\/dev\/50dc6c495c0c9188\/\$\{aws_lb_target_group\.shop_entry_targets_\w+\.arn_suffix\}$/,
    );
  });
});

describe("a container service on a port of its machines", () => {
  const { name, region, cluster } = props;
  const page: DirectServiceProps = { name, region, cluster, image: "docker.io/library/wordpress:6.8.3", hostPort: 80 };
  const direct = (more: Partial<DirectServiceProps> = {}) =>
    synthesize((stack) => new ContainerService(stack, "shop", { ...page, ...more }));

  it("answers there itself, without load balancer (S3-R03)", () => {
    const { one, all } = direct();
    expect(containerOf(direct()).portMappings).toEqual([{ containerPort: 80, hostPort: 80, protocol: "tcp" }]);
    expect([...all(LbTargetGroup), ...all(LbListenerRule)]).toEqual([]);
    expect(one(EcsService)).not.toHaveProperty("load_balancer");
    // AWS refuses it where no load balancer checks.
    expect(one(EcsService)).not.toHaveProperty("health_check_grace_period_seconds");
  });

  it("stops the old task before it starts the new one, as two find no room on one port (S3-D03)", () => {
    expect(direct().one(EcsService)).toMatchObject({
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
      deployment_circuit_breaker: { enable: true, rollback: true },
      availability_zone_rebalancing: "DISABLED",
    });
  });

  it("may pull a public image, and from no registry of the account (S3-04)", () => {
    const [start] = direct().all(IamRolePolicy);
    expect(statementsOf(start!).flatMap(({ Action }) => Action)).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
  });

  it("comes after, and goes before, what it is told", () => {
    const { one } = synthesize((stack) => {
      const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.1.0.0/16" });
      new ContainerService(stack, "shop", { ...page, after: [vpc] });
    });
    expect(one(EcsService).depends_on).toContain("aws_vpc.vpc");
  });

  it("has no target group", () => {
    synthesize((stack) => {
      expect(new ContainerService(stack, "shop", page).targetGroupArn).toBeUndefined();
    });
  });

  it.each([0, 80.5, 32_768])("refuses port %j, which is none or one of Docker's", (hostPort) => {
    expect(() => direct({ hostPort })).toThrow("test/shop: hostPort must be a whole number from 1 to 32767");
  });
});
