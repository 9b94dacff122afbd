import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nameLimits, physicalName } from "../../src/core/names";
import { sessionManagerStatement } from "../../src/core/session-manager";
import type { Statement } from "./fleet-props";

export interface MachineRoleProps {
  readonly words: readonly string[];
  readonly statements: readonly Statement[];
}

/** What machines may do in AWS: be reached through Session Manager, which replaces SSH and its keys, and the statements. */
export class MachineRole extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly profileArn: string;
  /** All that a machine must have been granted before it boots. */
  readonly grants: ITerraformDependable[];

  constructor(scope: Construct, id: string, { words, statements }: MachineRoleProps) {
    super(scope, id);
    const name = physicalName(words, nameLimits.role);
    const role = new IamRole(this, "role", {
      name,
      description: `Machines of ${scope.node.path}`,
      assumeRolePolicy: policy({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }),
    });
    const grant = (of: string, policyName: string, own: readonly Statement[]) =>
      new IamRolePolicy(this, of, { name: policyName, role: role.name, policy: policy(...own.map(inIam)) });
    this.grants = [
      grant("session-manager", "session-manager", [sessionManagerStatement]),
      ...(statements.length > 0 ? [grant("policy", name, statements)] : []),
    ];
    this.name = role.name;
    this.arn = role.arn;
    this.profileArn = new IamInstanceProfile(this, "profile", { name, role: role.name }).arn;
  }
}

function inIam({ actions, resources, conditions }: Statement): object {
  return { Action: [...actions], Resource: [...resources], ...(conditions ? { Condition: conditions } : {}) };
}

function policy(...statements: readonly object[]): string {
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
