import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { describe, expect, it } from "vitest";
import { described, serviceOf } from "../testing/wordpress";

const dev = serviceOf(described("dev"));
const production = serviceOf(described("production"));
const container = (stack: typeof dev) => JSON.parse(stack.one(EcsTaskDefinition).container_definitions)[0];
const parameter = (stack: typeof dev, key: string) => {
  const found = Object.entries(stack.document.data.aws_ssm_parameter).find(([, block]) =>
    (block as { name: string }).name.endsWith(`/wordpress/${key}`),
  );
  return `\${data.aws_ssm_parameter.${found![0]}.insecure_value}`;
};

describe("the service of dev, as its document describes it", () => {
  it("is a stack of its own that reads the platform's values and nobody's state (S2-24, problem 26)", () => {
    expect(dev.one(EcsService)).toMatchObject({ cluster: parameter(dev, "cluster-arn"), desired_count: 1 });
    expect(dev.document.data).not.toHaveProperty("terraform_remote_state");
  });

  it("gets the connection of its database as environment variables, the password as a secret (S2-25, S2-26, S2-R11)", () => {
    const { environment, secrets } = container(dev);
    expect(Object.fromEntries(environment.map(({ name, value }: Record<string, string>) => [name, value]))).toEqual({
      WORDPRESS_DB_DATABASE: parameter(dev, "database-name"),
      WORDPRESS_DB_HOST: parameter(dev, "database-host"),
      WORDPRESS_DB_PORT: parameter(dev, "database-port"),
      WORDPRESS_DB_TLS: "required",
      WORDPRESS_DB_USER: parameter(dev, "database-user"),
    });
    expect(secrets).toEqual([
      { name: "WORDPRESS_DB_PASSWORD", valueFrom: `${parameter(dev, "database-secret-arn")}:password::` },
      { name: "WORDPRESS_SALT", valueFrom: `${parameter(dev, "salt-secret-arn")}:password::` },
    ]);
  });

  it("pulls its image from the registry of the platform, by a version that never moves (S2-28)", () => {
    expect(container(dev).image).toBe(`${parameter(dev, "registry-url")}:6.8.3-1`);
  });

  it("waits for the database before it is judged by its health check (S2-27)", () => {
    expect(dev.one(EcsService).health_check_grace_period_seconds).toBeGreaterThanOrEqual(60);
  });

  it("has a target group with the health check of the original (S2-29, S2-R12)", () => {
    expect(dev.one(LbTargetGroup)).toMatchObject({
      target_type: "instance",
      health_check: { path: "/", interval: 30, healthy_threshold: 2, matcher: "200-302" },
    });
  });

  it("is reached by a listener rule for every path at priority 100 (S2-30, S2-R12)", () => {
    expect(dev.one(LbListenerRule)).toMatchObject({
      listener_arn: parameter(dev, "public-listener-arn"),
      priority: 100,
      condition: [{ path_pattern: { values: ["/*"] } }],
    });
  });

  it("takes 10 CPU units and 512 MiB on a port that Docker chooses (S2-R12, S2-D01)", () => {
    expect(container(dev)).toMatchObject({ cpu: 10, memory: 512, portMappings: [{ containerPort: 80, hostPort: 0 }] });
  });

  it("keeps the number of its tasks where the description says, since nothing else scales it (problem 12)", () => {
    expect(dev.all(AppautoscalingTarget)).toEqual([]);
    expect(dev.one(EcsService).lifecycle?.ignore_changes ?? []).not.toContain("desired_count");
  });
});

describe("the service of production", () => {
  it("scales by itself between its bounds, on CPU and on requests (problem 12)", () => {
    expect(production.one(AppautoscalingTarget)).toMatchObject({ min_capacity: 3, max_capacity: 24 });
    const metrics = production
      .all(AppautoscalingPolicy)
      .map((policy) => policy.target_tracking_scaling_policy_configuration.predefined_metric_specification);
    expect(metrics.map(({ predefined_metric_type }) => predefined_metric_type).sort()).toEqual([
      "ALBRequestCountPerTarget",
      "ECSServiceAverageCPUUtilization",
    ]);
    expect(production.one(EcsService).lifecycle.ignore_changes).toContain("desired_count");
  });
});

describe("the tasks of production", () => {
  it("share the uploads of WordPress, each service in a folder of its own, as the user of its web server (S2-W03)", () => {
    expect(container(production).mountPoints).toEqual([
      expect.objectContaining({ containerPath: "/var/www/wordpress/wp-content/uploads" }),
    ]);
    expect(production.one(EfsAccessPoint)).toMatchObject({
      file_system_id: parameter(production, "files-id"),
      posix_user: { uid: 33, gid: 33 },
      root_directory: { path: "/wordpress" },
    });
  });

  it("sign cookies with the same text, so that a visitor may be answered by any of them (S3-W03)", () => {
    const names = container(production).secrets.map(({ name }: { name: string }) => name);
    expect(names).toContain("WORDPRESS_SALT");
  });
});

describe("services that share a load balancer", () => {
  const shop = { ...described("dev").wordpress!.services.wordpress!, route: { path: "/shop/*" } };
  const blog = { ...described("dev").wordpress!.services.wordpress!, route: { host: "blog.example.org" } };
  const environment = described("dev");
  const shared = (services: Record<string, typeof shop | typeof blog>) =>
    serviceOf({ ...environment, wordpress: { ...environment.wordpress!, services } } as typeof environment);

  it("keep their addresses and priorities when another one comes (problem 31)", () => {
    const [alone, both] = [shared({ shop }), shared({ blog, shop })];
    expect(both.addresses()).toEqual(expect.arrayContaining(alone.addresses()));
    const priorities = both.all(LbListenerRule).map(({ priority }) => priority);
    expect(priorities).toContain(alone.one(LbListenerRule).priority);
    expect(new Set(priorities).size).toBe(2);
  });
});

describe("a service whose secrets change", () => {
  const environment = described("dev");
  const original = environment.wordpress!.services.wordpress!;
  const changed = (service: Partial<typeof original>) =>
    serviceOf({
      ...environment,
      wordpress: { ...environment.wordpress!, services: { blog: { ...original, ...service } } },
    });
  const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:salts-AbCdEf";
  const secrets = { SALTS: { arn, key: "auth" }, MORE_SALTS: { arn } };
  const awaited = (stack: typeof dev) => JSON.parse(stack.one(CloudwatchEventRule).event_pattern).resources;

  it("starts its tasks anew when AWS rotates the database's password, every seven days (problem 22)", () => {
    expect(awaited(dev)).toEqual([parameter(dev, "database-secret-arn"), parameter(dev, "salt-secret-arn")]);
    const [{ inputs }] = JSON.parse(dev.one(SsmDocument).content).mainSteps;
    expect(inputs).toMatchObject({
      cluster: parameter(dev, "cluster-arn"),
      service: dev.one(EcsService).name,
      forceNewDeployment: true,
    });
  });

  it("does so for the secrets that the description names, too (problem 22)", () => {
    const both = changed({ secrets });
    expect(awaited(both)).toEqual([arn, parameter(both, "database-secret-arn"), parameter(both, "salt-secret-arn")]);
    expect(awaited(changed({ secrets, database: false }))).toEqual([arn]);
  });

  it("does not where it has none, or where the description says so", () => {
    for (const without of [changed({ database: false }), changed({ redeployOnRotation: false })]) {
      expect(without.all(CloudwatchEventRule)).toEqual([]);
      expect(without.all(SsmDocument)).toEqual([]);
    }
  });
});

describe("each service", () => {
  it.each([
    ["dev", dev],
    ["production", production],
  ])("of %s has addresses that nobody changes by accident (problem 27)", (_, stack) => {
    expect(stack.addresses().sort()).toMatchSnapshot();
  });
});
