import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { describe, expect, it } from "vitest";
import { WordpressPlatformStack } from "../stacks/wordpress-platform";
import { WordpressServiceStack } from "../stacks/wordpress-service";
import { described } from "../testing/wordpress";
import { checkStacks, judgeStacks, type Stack } from ".";

/** The stacks of an environment as they are written: with the comments, which cdktf's test synthesis leaves out. */
function written(name: "dev" | "production"): Stack[] {
  const outdir = mkdtempSync(join(tmpdir(), "slipway-policy-"));
  try {
    const environment = described(name);
    const app = new App({ outdir, stackTraces: false });
    const names = [`wordpress-platform-${name}`, `wordpress-service-${name}`] as const;
    new WordpressPlatformStack(app, names[0], environment, environment.wordpress!);
    new WordpressServiceStack(app, names[1], environment, environment.wordpress!);
    app.synth();
    return names.map((stack) => ({
      name: stack,
      document: JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")),
    }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The same with one change in the first resource of a type. */
function altered(stacks: Stack[], type: string, change: object): Stack[] {
  const copies = structuredClone(stacks) as { name: string; document: { resource: Record<string, object> } }[];
  const [first] = copies.flatMap(({ document }) => Object.values(document.resource[type] ?? {}));
  Object.assign(first!, change);
  return copies;
}

describe.each([
  ["dev", ["LB-01", "LB-05"]],
  ["production", ["LB-05"]],
] as const)("WordPress of %s", (name, accepted) => {
  const stacks = written(name);

  it("passes the gate; what its choices imply is accepted by the generator, with the place in the code", () => {
    const verdict = judgeStacks(stacks);
    expect(verdict.findings).toEqual([]);
    expect(verdict.accepted.map(({ rule, source }) => `${rule} ${source}`)).toEqual(
      accepted.map((id) => `${id} generator`),
    );
    for (const { path } of verdict.accepted) expect(path).toMatch(new RegExp(`^wordpress-\\w+-${name}/`));
  });

  it.each([
    ["SG-02", "aws_vpc_security_group_ingress_rule", { cidr_ipv4: "0.0.0.0/0", from_port: 22, to_port: 22 }],
    ["RDS-03", "aws_db_instance", { publicly_accessible: true }],
    ["X-01", "aws_db_instance", { password: "x" }],
    ["EC2-01", "aws_launch_template", { metadata_options: { http_tokens: "optional" } }],
    ["ECS-05", "aws_ecs_task_definition", { task_role_arn: undefined }],
    ["ECR-01", "aws_ecr_repository", { image_tag_mutability: "MUTABLE" }],
    ["NET-03", "aws_subnet", { map_public_ip_on_launch: true }],
    ["LOG-01", "aws_cloudwatch_log_group", { retention_in_days: 0 }],
    ["R-09", "aws_ecs_service", { deployment_circuit_breaker: undefined }],
    ["ASG-04", "aws_autoscaling_group", { vpc_zone_identifier: ["subnet-1"] }],
    ["LB-06", "aws_lb", { drop_invalid_header_fields: false }],
    ["IAM-02", "aws_iam_role_policy", { policy: '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"x"}}' }],
  ])("would be stopped by %s if somebody changed that in the %s", (id, type, change) => {
    expect(checkStacks(altered(stacks, type, change)).map(({ rule }) => rule)).toContain(id);
  });
});
