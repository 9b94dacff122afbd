import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nameLimits, physicalName } from "../../src/core/names";
import type { Statement } from "./machine-props";

interface MachineRoleProps {
  readonly words: readonly string[];
  readonly statements: readonly Statement[];
}

/** What the machine may do in AWS: be reached through Session Manager, which replaces SSH and its keys, and the statements. */
export class MachineRole extends Construct {
  readonly name: string;
  readonly profileName: string;
  /** All that the machine must have been granted before it boots. */
  readonly grants: ITerraformDependable[];

  constructor(scope: Construct, id: string, { words, statements }: MachineRoleProps) {
    super(scope, id);
    const name = physicalName(words, nameLimits.role);
    const role = new IamRole(this, "role", {
      name,
      description: `The machine ${scope.node.path}`,
      assumeRolePolicy: policy({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }),
    });
    const { partition } = new DataAwsPartition(this, "partition");
    const sessionManager = new IamRolePolicyAttachment(this, "session-manager", {
      role: role.name,
      policyArn: `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
    });
    const own = statements.map(({ actions, resources, conditions }) => ({
      Action: [...actions],
      Resource: [...resources],
      ...(conditions ? { Condition: conditions } : {}),
    }));
    this.grants = [sessionManager];
    if (own.length > 0) {
      this.grants.push(new IamRolePolicy(this, "policy", { name, role: role.name, policy: policy(...own) }));
    }
    this.name = role.name;
    this.profileName = new IamInstanceProfile(this, "profile", { name, role: role.name }).name;
  }
}

function policy(...statements: readonly object[]): string {
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
