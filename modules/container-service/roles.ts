import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nameLimits, physicalName } from "../../src/core/names";
import type { SharedFiles } from "./references";
import type { Settings } from "./settings";

export type RolesProps = Pick<
  Settings,
  "name" | "region" | "repositoryArn" | "secrets" | "exec" | "cluster" | "files"
> & {
  readonly logGroupArn: string;
};

interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/**
 * Two roles: what ECS may do to start the tasks, and what the application in them may do. The second can do nothing but,
 * where asked for, take part in `aws ecs execute-command`.
 */
export class Roles extends Construct {
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly taskRoleName: string;
  /** A service has to come after and go before these: without its rights it neither starts nor stops a task. */
  readonly policies: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: RolesProps) {
    super(scope, id);
    const { name, region, repositoryArn, secrets, exec, cluster, files, logGroupArn } = props;
    const account = new DataAwsCallerIdentity(this, "account").accountId;
    const assumeRolePolicy = trustOf(region, account);
    const role = (of: string, description: string) =>
      new IamRole(this, of, { name: physicalName([name, of], nameLimits.role), description, assumeRolePolicy });
    const execution = role("execution", `ECS starts the tasks of ${name} with it`);
    const task = role("task", `What the tasks of ${name} may do`);

    this.policies = [
      policy(this, "start", execution, startOf(region, repositoryArn, logGroupArn, secrets)),
      ...(exec ? [policy(this, "exec", task, sessionOf(cluster.execLogGroupArn))] : []),
      ...(files ? [policy(this, "files", task, mountOf(files))] : []),
    ];
    this.executionRoleArn = execution.arn;
    this.taskRoleArn = task.arn;
    this.taskRoleName = task.name;
  }
}

/** Tasks of this account and region, and nobody who talks ECS into acting for them. */
function trustOf(region: string, account: string): string {
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  const Condition = {
    StringEquals: { "aws:SourceAccount": account },
    ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${account}:*` },
  };
  const Principal = { Service: "ecs-tasks.amazonaws.com" };
  return document([{ Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition }]);
}

function startOf(
  region: string,
  repositoryArn: string | undefined,
  logGroupArn: string,
  secrets: Settings["secrets"],
): Statement[] {
  const pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  return [
    ...(repositoryArn === undefined
      ? []
      : [
          // AWS knows no narrower resource for it.
          { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" } as const,
          { Effect: "Allow", Action: pull, Resource: repositoryArn } as const,
        ]),
    { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${logGroupArn}:*` },
    ...readOf(region, secrets),
  ];
}

function readOf(region: string, secrets: Settings["secrets"]): Statement[] {
  // In the order of the variables, each once: an ARN may be a reference, which has no order that lasts.
  const named = Object.keys(secrets).sort();
  const once = (of: "arn" | "kmsKeyArn") => [
    ...new Set(named.map((variable) => secrets[variable]![of]).filter((arn) => arn !== undefined)),
  ];
  const [secretArns, keyArns] = [once("arn"), once("kmsKeyArn")];
  // The key opens nothing but secrets, and only by way of Secrets Manager.
  const Condition = { StringEquals: { "kms:ViaService": `secretsmanager.${region}.${dnsSuffix(region)}` } };
  return [
    ...(secretArns.length > 0
      ? [{ Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: secretArns } as const]
      : []),
    ...(keyArns.length > 0
      ? [{ Effect: "Allow", Action: ["kms:Decrypt"], Resource: keyArns, Condition } as const]
      : []),
  ];
}

const dnsSuffix = (region: string) => (region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com");

/**
 * What the agent inside a task needs for a session and its record.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
function sessionOf(logGroupArn: string): Statement[] {
  const channels = ["Control", "Data"].flatMap((kind) => [
    `ssmmessages:Create${kind}Channel`,
    `ssmmessages:Open${kind}Channel`,
  ]);
  const write = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
  return [
    // AWS knows no narrower resource for these.
    { Effect: "Allow", Action: [...channels, "logs:DescribeLogGroups"], Resource: "*" },
    { Effect: "Allow", Action: write, Resource: `${logGroupArn}:*` },
  ];
}

/** The access point is the only way: without the condition, the role could mount the root of the file system. */
function mountOf({ fileSystem, accessPoint }: SharedFiles): Statement[] {
  const Action = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];
  const Condition = { StringEquals: { "elasticfilesystem:AccessPointArn": accessPoint.arn } };
  return [{ Effect: "Allow", Action, Resource: fileSystem.arn, Condition }];
}

function policy(scope: Construct, name: string, role: IamRole, statements: readonly Statement[]): IamRolePolicy {
  return new IamRolePolicy(scope, `${name}-policy`, { name, role: role.name, policy: document(statements) });
}

function document(Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
