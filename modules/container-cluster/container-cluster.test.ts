import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCapacityProvider } from "@cdktf/provider-aws/lib/ecs-capacity-provider";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { agentReserveMib } from "../../src/core/placement-check";
import { synthesize } from "../../src/testing/synthesize";
import { type Capacity, type CapacityOptions, ContainerCluster, type ContainerClusterProps } from ".";
import { envFile } from "./env-file";

const build = (stack: TerraformStack, props: Partial<ContainerClusterProps> = {}) =>
  new ContainerCluster(stack, "cluster", { name: "wordpress-dev", ...props });
const cluster = (props?: Partial<ContainerClusterProps>) => synthesize((stack) => void build(stack, props));

const fleet: Capacity = {
  autoScalingGroupArn: "arn:group",
  generation: "wordpress-dev-machines-3f9a1c",
  sizeManagedBy: "ecs",
};
const withCapacity = (capacity: Partial<Capacity> = {}, options?: CapacityOptions) =>
  synthesize((stack) => void build(stack).addCapacity("machines", { ...fleet, ...capacity }, options));

/** What the expression of `read` becomes in the document. */
const outputOf = (read: (cluster: ContainerCluster) => string) =>
  synthesize((stack) => void new TerraformOutput(stack, "it", { value: read(build(stack)) })).document.output.it.value;

describe("a container cluster", () => {
  it("is an ECS cluster with a name known before apply (S2-08)", () => {
    expect(cluster().one(EcsCluster)).toMatchObject({ name: "wordpress-dev" });
    expect(outputOf(({ name }) => name)).toBe("wordpress-dev");
    expect(outputOf(({ arn }) => arn)).toMatch(/^\$\{aws_ecs_cluster\.\w+\.arn\}$/);
  });

  it.each([
    [undefined, "enabled"],
    ["off", "disabled"],
    ["on", "enabled"],
    ["enhanced", "enhanced"],
  ] as const)("measures containers: insights %s is %s", (insights, value) => {
    expect(cluster({ insights }).one(EcsCluster).setting).toEqual([{ name: "containerInsights", value }]);
  });

  it("records what is done in ECS Exec sessions", () => {
    const { one, at } = cluster({ execLogDays: 30 });
    expect(one(CloudwatchLogGroup)).toMatchObject({ name: "/slipway/wordpress-dev/exec", retention_in_days: 30 });
    const { logging, log_configuration } = one(EcsCluster).configuration.execute_command_configuration;
    expect(logging).toBe("OVERRIDE");
    expect(at(log_configuration.cloud_watch_log_group_name)).toBe(one(CloudwatchLogGroup));
    expect(outputOf((it) => it.execLogGroupArn)).toMatch(/^\$\{aws_cloudwatch_log_group\.[\w-]+\.arn\}$/);
  });

  it("leaves that record in CloudWatch when it goes itself, unless asked otherwise", () => {
    expect(cluster().one(CloudwatchLogGroup)).toMatchObject({ skip_destroy: true });
    expect(cluster({ onRemoval: "destroy" }).one(CloudwatchLogGroup)).toMatchObject({ skip_destroy: false });
  });

  it("knows the role that ECS works with in the account (S2-12, S2-R01)", () => {
    expect(outputOf((it) => it.serviceRoleArn)).toMatch(
      /^arn:\$\{element\(split\(":", aws_ecs_cluster\.\w+\.arn\), 1\)\}:iam::\$\{element\(split\(":", aws_ecs_cluster\.\w+\.arn\), 4\)\}:role\/aws-service-role\/ecs\.amazonaws\.com\/AWSServiceRoleForECS$/,
    );
  });

  it.each(["", "a b", "wordpress.dev", "x".repeat(256), "a\nb", "${name}"])("refuses %j as a name", (name) => {
    expect(() => cluster({ name })).toThrow("test/cluster: name must be 1 to 255 letters");
  });

  it.each([0, 2, 366, 3653.5])("refuses to keep the record for %d days", (execLogDays) => {
    expect(() => cluster({ execLogDays })).toThrow("test/cluster: execLogDays must be one of 1, 3, 5");
  });
});

describe("the capacity of a cluster", () => {
  it("is scaled, drained and protected by ECS (R-8)", () => {
    expect(withCapacity().one(EcsCapacityProvider).auto_scaling_group_provider).toEqual({
      auto_scaling_group_arn: "arn:group",
      managed_scaling: { status: "ENABLED", target_capacity: 100, instance_warmup_period: 120 },
      managed_termination_protection: "ENABLED",
      managed_draining: "ENABLED",
    });
  });

  it("is refilled earlier where asked", () => {
    const { managed_scaling } = withCapacity({}, { targetPercent: 80 }).one(
      EcsCapacityProvider,
    ).auto_scaling_group_provider;
    expect(managed_scaling.target_capacity).toBe(80);
  });

  it("bears the name of the group's generation, and its successor comes first (problem 1)", () => {
    expect(withCapacity().one(EcsCapacityProvider)).toMatchObject({
      name: fleet.generation,
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is tied to the cluster by a resource of its own, without a default strategy (problems 2 and 6)", () => {
    const { one, at } = withCapacity();
    const association = one(EcsClusterCapacityProviders);
    expect(association).not.toHaveProperty("default_capacity_provider_strategy");
    expect(at(association.cluster_name)).toBe(one(EcsCluster));
    expect(association.capacity_providers.map(at)).toEqual([one(EcsCapacityProvider)]);
    expect(one(EcsCluster)).not.toHaveProperty("capacity_providers");
  });

  it("can be several fleets at once, as while one takes over from another (problem 1)", () => {
    const { one, all, at } = synthesize((stack) => {
      const it = build(stack);
      it.addCapacity("old", fleet);
      it.addCapacity("new", { ...fleet, generation: "wordpress-dev-machines-777777" });
    });
    expect(one(EcsClusterCapacityProviders).capacity_providers.map((name: string) => at(name).name)).toEqual([
      "wordpress-dev-machines-3f9a1c",
      "wordpress-dev-machines-777777",
    ]);
    expect(all(EcsCapacityProvider)).toHaveLength(2);
  });

  it("is none at first", () => {
    expect(cluster().one(EcsClusterCapacityProviders).capacity_providers).toEqual([]);
  });

  it("gives the provider's name, and the association to wait for (problem 6)", () => {
    const { document, one, at } = synthesize((stack) => {
      const it = build(stack);
      const value = it.addCapacity("machines", fleet);
      new TerraformOutput(stack, "provider", { value, dependsOn: [it.association] });
    });
    const { value, depends_on } = document.output.provider;
    expect(at(value)).toBe(one(EcsCapacityProvider));
    expect(depends_on.map(at)).toEqual([one(EcsClusterCapacityProviders)]);
  });

  it("is destroyed from the association to the cluster: nothing points the other way (problem 2)", () => {
    const { one } = withCapacity();
    const text = (kind: Parameters<typeof one>[0]) => JSON.stringify(one(kind));
    expect(text(EcsClusterCapacityProviders)).toMatch(/aws_ecs_capacity_provider\./);
    expect(text(EcsClusterCapacityProviders)).toMatch(/aws_ecs_cluster\./);
    expect(text(EcsCluster)).not.toMatch(/capacity_provider/);
    expect(text(EcsCapacityProvider)).not.toMatch(/aws_ecs_cluster/);
  });

  it("must be a fleet whose size ECS manages: protection does nothing otherwise (bad input 76)", () => {
    expect(() => withCapacity({ sizeManagedBy: "us" })).toThrow(
      'test/cluster: fleet.sizeManagedBy must be "ecs", got "us"',
    );
  });

  it.each(["aws-web-1", "ecs-web-1", "Fargate-1"])("refuses a generation named %s, as AWS does", (generation) => {
    expect(() => withCapacity({ generation })).toThrow(
      "test/cluster: fleet.generation must be a name that begins with neither aws, ecs nor fargate",
    );
  });

  it.each([0, 101, 99.5, Number.NaN])("refuses to fill machines to %d percent", (targetPercent) => {
    expect(() => withCapacity({}, { targetPercent })).toThrow("test/cluster: targetPercent must be a whole number");
  });
});

describe("a machine that joins", () => {
  it("is told the cluster before its agent starts (S2-R04, problem 8)", () => {
    const script = outputOf(({ joinScript }) => joinScript);
    expect(script).toMatch(/^#!\/bin\/bash\nset -euo pipefail\n/);
    expect(script).toContain("\ncat > /etc/ecs/ecs.config <<'END'\nECS_CLUSTER=wordpress-dev\n");
    expect(script).toMatch(/\nEND\n$/);
  });

  it("finds in the agent's file what the script meant, however often it runs", () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-join-"));
    try {
      const script = outputOf(({ joinScript }) => joinScript).replaceAll("/etc/ecs", `${folder}/ecs`);
      for (const _ of ["first", "second"]) execFileSync("bash", ["-c", script]);
      const lines = readFileSync(`${folder}/ecs/ecs.config`, "utf8").trimEnd().split("\n");
      expect(lines).toHaveLength(7);
      expect(lines.every((line) => /^ECS_[A-Z_]+=[\w-]+$/.test(line))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("keeps back from tasks the memory that the check of placement reckons with (problem 8)", () => {
    expect(outputOf(({ joinScript }) => joinScript)).toContain(`\nECS_RESERVED_MEMORY=${agentReserveMib}\n`);
  });

  it("hides its credentials from tasks with an interface of their own", () => {
    expect(outputOf(({ joinScript }) => joinScript)).toContain("\nECS_AWSVPC_BLOCK_IMDS=true\n");
  });

  it("may join this cluster and no other, pull no image and write no log by itself (S2-13, S2-R07)", () => {
    const { document } = synthesize((stack) => {
      const statements = JSON.stringify(build(stack).machineStatements);
      new TerraformOutput(stack, "it", { value: statements });
    });
    const statements = JSON.parse(document.output.it.value);
    const [everywhere, ...others] = statements;
    expect(everywhere).toEqual({ actions: ["ecs:DiscoverPollEndpoint"], resources: ["*"] });
    expect(others.map(({ resources }: { resources: string[] }) => resources)).toEqual([
      [expect.stringMatching(/^\$\{aws_ecs_cluster\.\w+\.arn\}$/)],
      [expect.stringMatching(/^\$\{local\.[\w-]+\}$/)],
    ]);
    expect(Object.values(document.locals)).toEqual([
      expect.stringMatching(
        /^\$\{replace\(aws_ecs_cluster\.\w+\.arn, ":cluster\/wordpress-dev", ":container-instance\/\*"\)\}$/,
      ),
    ]);
    expect(others[1].conditions).toEqual({
      ArnEquals: { "ecs:cluster": expect.stringMatching(/^\$\{aws_ecs_cluster\.\w+\.arn\}$/) },
    });
    const actions: string[] = statements.flatMap((statement: { actions: string[] }) => statement.actions);
    expect(actions.filter((action) => !/^ecs:[A-Za-z]+$/.test(action) || action === "ecs:CreateCluster")).toEqual([]);
  });
});

describe("an environment file", () => {
  it("has a line per value", () => {
    expect(envFile({ A: "1", B_2: "a.b/c:d@e,f+g-h_i", EMPTY: "" })).toBe("A=1\nB_2=a.b/c:d@e,f+g-h_i\nEMPTY=\n");
  });

  it.each([
    "a b",
    'a"b',
    "a'b",
    "$A",
    "a\nB=1",
    "a\\b",
    "#a",
    "é",
    "`id`",
  ])("refuses %j, which its readers read in two ways", (value) => {
    expect(() => envFile({ A: value })).toThrow("A: not a value that every reader of environment files agrees on");
  });

  it.each(["", "a", "1A", "A-B", "A=B", "A\nB"])("refuses %j as a name", (name) => {
    expect(() => envFile({ [name]: "1" })).toThrow("not a name for an environment file");
  });
});
