import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { nameLimits, physicalName } from "../../src/core/names";
import { sessionManagerStatement } from "../../src/core/session-manager";

/** Something that machines may do in AWS. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /**
   * Operator → condition key → value, as in IAM.
   * @default - no condition
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface MachineRoleProps {
  /** Words that the name of role and profile is made of, such as `["guestbook-dev", "web"]`. */
  readonly words: readonly string[];
  /** Whose role it is, for whoever reads the list of roles. Immutable in AWS: never put into it what may change. */
  readonly description: string;
  /**
   * What the machines may do beyond being reached.
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
}

/** What machines may do in AWS: be reached through Session Manager, which replaces SSH and its keys, and the statements. */
export class MachineRole extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly profileName: string;
  readonly profileArn: string;
  /**
   * All that a machine must have been granted before it boots: AWS refuses the agent of one that boots earlier, and it tries
   * again only now and then.
   */
  readonly grants: ITerraformDependable[];

  constructor(scope: Construct, id: string, { words, description, statements = [] }: MachineRoleProps) {
    super(scope, id);
    const name = physicalName(words, nameLimits.role);
    const role = new IamRole(this, "role", {
      name,
      description,
      assumeRolePolicy: allowing({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }),
    });
    const grant = (of: string, policyName: string, own: readonly Statement[]) =>
      new IamRolePolicy(this, of, { name: policyName, role: role.name, policy: allowing(...own.map(inIam)) });
    this.grants = [
      grant("session-manager", "session-manager", [sessionManagerStatement]),
      ...(statements.length > 0 ? [grant("policy", name, statements)] : []),
    ];
    const profile = new IamInstanceProfile(this, "profile", { name, role: role.name });
    this.name = role.name;
    this.arn = role.arn;
    this.profileName = profile.name;
    this.profileArn = profile.arn;
  }
}

function inIam({ actions, resources, conditions }: Statement): object {
  return { Action: [...actions], Resource: [...resources], ...(conditions ? { Condition: conditions } : {}) };
}
