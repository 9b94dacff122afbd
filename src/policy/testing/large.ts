import type { Block } from "../../core/terraform-json";

type Blocks = Record<string, Record<string, unknown>>;

/**
 * A document as large as the ones that few have: so many services with twenty resources each, all in order.
 * Texts are as long as in synthesized documents.
 */
export function manyServices(count: number): Block {
  const resource: Blocks = {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
    aws_lb_listener: { main: { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" } },
    aws_security_group: {},
  };
  const add = (type: string, name: string, body: object) => {
    resource[type] ??= {};
    const path = `wordpress-service-large/services/${name}/${type}`;
    resource[type][name] = { ...body, "//": { metadata: { path, uniqueId: `${name}_${type}` } } };
  };
  for (let index = 0; index < count; index++) addService(add, `service_${index}_0123456789ABCDEF`);
  return { resource };
}

function addService(add: (type: string, name: string, body: object) => void, name: string): void {
  const allow = (Action: string[], Resource: string) => ({
    role: `\${aws_iam_role.${name}.id}`,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }),
  });
  const trust = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
  const role = { assume_role_policy: JSON.stringify({ Statement: [trust] }) };
  add("aws_security_group", name, { description: "network access", vpc_id: "${aws_vpc.main.id}" });
  for (const peer of ["a", "b", "c", "d"]) {
    add("aws_vpc_security_group_ingress_rule", `${name}_${peer}`, {
      ...{ description: `${peer} to ${name}: requests`, ip_protocol: "tcp", from_port: 32_768, to_port: 65_535 },
      security_group_id: `\${aws_security_group.${name}.id}`,
      referenced_security_group_id: `\${aws_security_group.${name}.id}`,
    });
  }
  add("aws_cloudwatch_log_group", name, { name: `/ecs/${name}`, retention_in_days: 30, skip_destroy: true });
  for (const kind of ["task", "execution"]) {
    add("aws_iam_role", `${name}_${kind}`, role);
    add("aws_iam_role_policy", `${name}_${kind}`, allow(["secretsmanager:GetSecretValue"], `\${aws_x.${name}.arn}`));
    add("aws_iam_role_policy", `${name}_${kind}_logs`, allow(["logs:PutLogEvents"], `\${aws_x.${name}.arn}`));
  }
  add("aws_ecs_task_definition", name, {
    network_mode: "bridge",
    execution_role_arn: `\${aws_iam_role.${name}_execution.arn}`,
    task_role_arn: `\${aws_iam_role.${name}_task.arn}`,
    container_definitions: JSON.stringify([
      {
        ...{ name, image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:${name}`, memory: 512, essential: true },
        environment: [{ name: "DB_HOST", value: "${aws_x.db.address}" }],
        secrets: [{ name: "DB_PASSWORD", valueFrom: "${aws_x.db.secret}:password::" }],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": `\${aws_cloudwatch_log_group.${name}.name}` },
        },
      },
    ]),
  });
  const breaker = { enable: true, rollback: true };
  add("aws_ecs_service", name, {
    ...{ task_definition: `\${aws_ecs_task_definition.${name}.arn}`, deployment_circuit_breaker: breaker },
  });
  const health_check = { path: "/health", matcher: "200-302" };
  add("aws_lb_target_group", name, { protocol: "HTTPS", vpc_id: "${aws_vpc.main.id}", health_check });
  add("aws_lb_listener_rule", name, { listener_arn: "${aws_lb_listener.main.arn}", priority: 100 });
  add("aws_appautoscaling_target", name, { min_capacity: 1, max_capacity: 4, resource_id: `service/main/${name}` });
  for (const measure of ["cpu", "memory", "requests"]) {
    add("aws_appautoscaling_policy", `${name}_${measure}`, {
      resource_id: `\${aws_appautoscaling_target.${name}.resource_id}`,
    });
  }
}
