import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { nameLimits, physicalName } from "../../src/core/names";

/** Something that code may do in AWS. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

interface RolesProps {
  readonly name: string;
  readonly region: string;
  readonly logGroupArn: string;
  readonly statements: readonly Statement[];
}

/** Two roles: ECS starts tasks and writes their output with the one, their code works with the other. */
export function daemonRoles(scope: Construct, { name, region, logGroupArn, statements }: RolesProps) {
  const at = new Construct(scope, "roles");
  const { accountId } = new DataAwsCallerIdentity(at, "account", {});
  const { partition } = new DataAwsPartition(at, "partition", {});
  const assumeRolePolicy = allowing({
    ...{ Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${accountId}:*` },
    },
  });
  const role = (of: string, description: string) =>
    new IamRole(at, of, { name: physicalName([name, of], nameLimits.role), description, assumeRolePolicy });
  const execution = role("execution", `ECS starts the tasks of ${name} with it`);
  const task = role("task", `What the tasks of ${name} may do`);
  const logs = { Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${logGroupArn}:*` };
  const own = statements.map(({ actions, resources }) => ({ Action: actions, Resource: resources }));
  const policies: ITerraformDependable[] = [
    new IamRolePolicy(at, "start-policy", { name: "start", role: execution.name, policy: allowing(logs) }),
  ];
  if (own.length > 0) {
    policies.push(new IamRolePolicy(at, "own-policy", { name: "own", role: task.name, policy: allowing(...own) }));
  }
  return { executionRoleArn: execution.arn, taskRoleArn: task.arn, policies };
}
