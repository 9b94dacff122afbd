import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { type Block, synthesize } from "../../src/testing/synthesize";
import { Redeployment, type RedeploymentProps } from ".";

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`;
const clusterArn = "arn:aws:ecs:eu-west-1:111122223333:cluster/blog";
const props: RedeploymentProps = {
  name: "blog-dev",
  region: "eu-west-1",
  secretArns: [secret("rds!db-2c1f")],
  cluster: { arn: clusterArn },
  service: { name: "blog-dev" },
};
const redeployment = (more: Partial<RedeploymentProps> = {}) =>
  synthesize((stack) => new Redeployment(stack, "redeployment", { ...props, ...more }));
const pattern = (more: Partial<RedeploymentProps> = {}) =>
  JSON.parse(redeployment(more).one(CloudwatchEventRule).event_pattern);
const runbook = (more: Partial<RedeploymentProps> = {}) => JSON.parse(redeployment(more).one(SsmDocument).content);
const named = (blocks: Block[], name: string) => blocks.find((block) => block.name === name)!;
const rights = (name: string, more: Partial<RedeploymentProps> = {}) =>
  JSON.parse(named(redeployment(more).all(IamRolePolicy), name).policy).Statement;
const trust = (name: string) => JSON.parse(named(redeployment().all(IamRole), name).assume_role_policy).Statement;
const account = expect.stringMatching(/^\$\{data\.aws_caller_identity\.\w+\.account_id\}$/);
const ssm = (resource: string) =>
  expect.stringMatching(
    new RegExp(`^arn:\\$\\{data\\.aws_partition[^}]+\\}:ssm:eu-west-1:\\$\\{data\\.[^}]+\\}:${resource}$`),
  );

describe("a redeployment", () => {
  it("happens when one of its secrets has a new value, in an account without CloudTrail too (problem 22)", () => {
    expect(pattern()).toEqual({
      source: ["aws.secretsmanager"],
      "detail-type": ["Secret Label Updated"],
      resources: [secret("rds!db-2c1f")],
      detail: { labelUpdated: ["AWSCURRENT"] },
    });
  });

  it("listens for its own secrets and no others, each named once (problem 22)", () => {
    const secretArns = [secret("b"), secret("a"), secret("b")];
    expect(pattern({ secretArns }).resources).toEqual([secret("b"), secret("a")]);
  });

  it("takes the ARN of a secret that only AWS knows", () => {
    const { one } = synthesize((stack) => {
      const parameter = new DataAwsSsmParameter(stack, "secret", { name: "/secret-arn" });
      new Redeployment(stack, "redeployment", { ...props, secretArns: [parameter.insecureValue] });
    });
    const { resources } = JSON.parse(one(CloudwatchEventRule).event_pattern);
    expect(resources).toEqual(["${data.aws_ssm_parameter.secret.insecure_value}"]);
  });

  it("forces a new deployment of its service, by one call to ECS and without a function (problem 22)", () => {
    const [redeploy] = runbook().mainSteps;
    expect(redeploy).toMatchObject({
      action: "aws:executeAwsApi",
      inputs: {
        Service: "ecs",
        Api: "UpdateService",
        cluster: clusterArn,
        service: "blog-dev",
        forceNewDeployment: true,
      },
    });
    expect(redeployment().document.resource).not.toHaveProperty("aws_lambda_function");
  });

  it("changes nothing else in the service, so that Terraform finds nothing to set right", () => {
    const { Service, Api, ...changes } = runbook().mainSteps[0].inputs;
    expect(Object.keys(changes).sort()).toEqual(["cluster", "forceNewDeployment", "service"]);
  });

  it("has failed, for whoever looks at its executions, when the new tasks are not up within half an hour", () => {
    expect(runbook().mainSteps[1]).toMatchObject({
      action: "aws:waitForAwsResourceProperty",
      timeoutSeconds: 1800,
      onFailure: "Abort",
      inputs: { Api: "DescribeServices", services: ["blog-dev"], DesiredValues: ["COMPLETED"] },
    });
  });

  it("can be started by hand, without parameters", () => {
    const { document } = synthesize((stack) => {
      const { documentName } = new Redeployment(stack, "redeployment", props);
      new TerraformOutput(stack, "name", { value: documentName });
    });
    expect(document.output.name.value).toMatch(/^\$\{aws_ssm_document\.redeployment_document_\w+\.name\}$/);
    expect(runbook().assumeRole).toBe("{{ AutomationAssumeRole }}");
    expect(runbook().parameters.AutomationAssumeRole.default).toMatch(/^\$\{aws_iam_role\.\w*redeploy_\w+\.arn\}$/);
  });

  it("is tried again for some hours when Automation does not answer, and not for ever", () => {
    expect(redeployment().one(CloudwatchEventTarget).retry_policy).toEqual({
      maximum_event_age_in_seconds: 21_600,
      maximum_retry_attempts: 60,
    });
  });

  it("is started in its default version, with the role in place of the event", () => {
    const target = redeployment().one(CloudwatchEventTarget);
    expect(target.arn).toEqual(ssm("automation-definition/redeploy-blog-dev:\\$DEFAULT"));
    expect(JSON.parse(target.input)).toEqual({
      AutomationAssumeRole: [runbook().parameters.AutomationAssumeRole.default],
    });
    expect(target.role_arn).toMatch(/redeploy-start/);
  });

  it("is wired up when there is something to start, and the right to it", () => {
    const kinds = redeployment()
      .one(CloudwatchEventTarget)
      .depends_on.map((address: string) => address.split(".")[0]);
    expect(kinds).toEqual(["aws_ssm_document", "aws_iam_role_policy", "aws_iam_role_policy"]);
  });

  it("has names that AWS accepts, however long that of the service is", () => {
    const name = `amazon-${"x".repeat(200)}`;
    const { one, all } = redeployment({ name });
    for (const { name: physical } of [one(CloudwatchEventRule), one(SsmDocument), ...all(IamRole)]) {
      expect(physical.length).toBeLessThanOrEqual(64);
    }
    expect(one(SsmDocument).name).not.toMatch(/^(aws|amazon|amzn)/i);
  });
});

describe("the roles of a redeployment", () => {
  it("may redeploy this one service and look at it, and nothing else", () => {
    const [only, ...others] = rights("redeploy");
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      Action: ["ecs:DescribeServices", "ecs:UpdateService"],
      Resource: "arn:aws:ecs:eu-west-1:111122223333:service/blog/blog-dev",
    });
  });

  it("know the service of a cluster that only Terraform knows, in a policy that stays readable", () => {
    const { document, all } = synthesize((stack) => {
      const parameter = new DataAwsSsmParameter(stack, "cluster", { name: "/cluster-arn" });
      new Redeployment(stack, "redeployment", { ...props, cluster: { arn: parameter.insecureValue } });
    });
    const [[key, services]] = Object.entries<string>(document.locals) as [[string, string]];
    expect(services).toBe('${replace(data.aws_ssm_parameter.cluster.insecure_value, ":cluster/", ":service/")}');
    const { Statement } = JSON.parse(named(all(IamRolePolicy), "redeploy").policy);
    expect(Statement[0].Resource).toBe(`\${local.${key}}/blog-dev`);
  });

  it("take the service's ARN as it is given", () => {
    const arn = "arn:aws:ecs:eu-west-1:111122223333:service/blog/blog-dev";
    expect(rights("redeploy", { service: { name: "blog-dev", arn } })[0].Resource).toBe(arn);
  });

  it("may start this one document, and hand Automation this one role", () => {
    const document = "redeploy-blog-dev";
    expect(rights("start")).toEqual([
      {
        Effect: "Allow",
        Action: "ssm:StartAutomationExecution",
        Resource: [
          ssm(`automation-definition/${document}:\\$DEFAULT`),
          ssm(`document/${document}`),
          ssm("automation-execution/\\*"),
        ],
      },
      {
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: runbook().parameters.AutomationAssumeRole.default,
        Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
      },
    ]);
  });

  it("are lent to this rule and to executions of this account, and to nobody who talks a service into it", () => {
    const [events] = trust("blog-dev-redeploy-start");
    expect(events.Principal).toEqual({ Service: "events.amazonaws.com" });
    expect(events.Condition).toEqual({
      StringEquals: { "aws:SourceAccount": account },
      ArnEquals: { "aws:SourceArn": expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.\w+\.arn\}$/) },
    });
    const [automation] = trust("blog-dev-redeploy");
    expect(automation.Principal).toEqual({ Service: "ssm.amazonaws.com" });
    expect(automation.Condition).toEqual({
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": ssm("automation-execution/\\*") },
    });
  });
});

describe("a redeployment refuses", () => {
  it.each(["", "1blog", "blog dev", "${blog}"])("the name %j", (name) => {
    expect(() => redeployment({ name })).toThrow("test/redeployment: name must be at most 255 letters, digits");
  });

  it("to wait for no secret at all", () => {
    expect(() => redeployment({ secretArns: [] })).toThrow("secretArns must be one ARN or more, got []");
  });

  it.each([
    "blog",
    secret("blog").slice(0, -7),
    secret("blog").replace("secretsmanager", "ssm"),
  ])("%j as a secret: no event would ever match it", (arn) =>
    expect(() => redeployment({ secretArns: [arn] })).toThrow("secretArns must be full ARNs of Secrets Manager"));

  it("more secrets than fit in an event pattern", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => secret(`secret-${index + 100}`));
    expect(() => redeployment({ secretArns: many(20) })).not.toThrow();
    expect(() => redeployment({ secretArns: many(40) })).toThrow("at most 2048 characters");
  });

  it("a cluster's name in place of its ARN", () => {
    expect(() => redeployment({ cluster: { arn: "blog" } })).toThrow("cluster.arn must be an ARN such as arn:aws:ecs:");
  });

  it.each(["", "blog dev", "cluster/blog"])("%j as the service's name", (name) => {
    expect(() => redeployment({ service: { name } })).toThrow("service.name must be 1 to 255 letters");
  });
});
