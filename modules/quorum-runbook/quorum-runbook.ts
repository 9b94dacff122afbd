import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { nameLimits, physicalName } from "../../src/core/names";
import { checkRunbook } from "./checks";
import { runbookOf } from "./document";
import type { QuorumRunbookProps } from "./props";

/**
 * A runbook of Systems Manager that replaces the machines of a quorum by ones of the newest template: one after the other, and each only
 * while the quorum is whole. An apply never does that by itself: it would replace all of them at once, and take the quorum down.
 *
 * Its executions say which member is being replaced, and where it stopped; while it runs, the quorum has one member less.
 */
export class QuorumRunbook extends Construct {
  /** Name of the document. */
  readonly documentName: string;
  /** For a shell: starts it. */
  readonly command: string;

  constructor(scope: Construct, id: string, props: QuorumRunbookProps) {
    super(scope, id);
    checkRunbook(this, props);
    const { name, region } = props;
    // Names that begin with aws or amazon are AWS's own.
    this.documentName = physicalName(["replace", name, id], nameLimits.eventRule);
    const document = new SsmDocument(this, "document", {
      name: this.documentName,
      documentType: "Automation",
      documentFormat: "JSON",
      content: runbookOf(props, this.role(props)),
      tags: { Name: `${name}-${id}` },
    });
    this.command = `aws ssm start-automation-execution --region ${region} --document-name ${document.name}`;
  }

  /** Lent to executions of this account only. It starts commands on the members' machines, and replaces those. */
  private role({ name, region, description, members, memberTag }: QuorumRunbookProps): string {
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const { partition } = new DataAwsPartition(this, "partition", {});
    const arn = (service: string, account: string, resource: string) =>
      `arn:${partition}:${service}:${region}:${account}:${resource}`;
    const role = new IamRole(this, "role", {
      name: physicalName([name, this.node.id], nameLimits.role),
      description: `Automation replaces the ${description} of ${name} with it`,
      assumeRolePolicy: allowing({
        Action: "sts:AssumeRole",
        Principal: { Service: "ssm.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": arn("ssm", accountId, "automation-execution/*") },
        },
      }),
    });
    const groups = Object.values(members).sort();
    const group = (one: string) => `autoScalingGroup:*:autoScalingGroupName/${one}`;
    new IamRolePolicy(this, "rights", {
      name: "replace",
      role: role.name,
      policy: allowing(
        {
          Action: ["autoscaling:StartInstanceRefresh"],
          Resource: groups.map((one) => arn("autoscaling", accountId, group(one))),
        },
        { Action: ["ssm:SendCommand"], Resource: [arn("ssm", "", "document/AWS-RunShellScript")] },
        {
          Action: ["ssm:SendCommand"],
          Resource: [arn("ec2", accountId, "instance/*")],
          Condition: { StringEquals: { [`ssm:resourceTag/${memberTag}`]: groups } },
        },
        {
          // AWS knows no narrower resource: what became of a command, a refresh and a machine.
          Action: [
            ...["autoscaling:DescribeInstanceRefreshes", "ec2:DescribeInstances", "ssm:DescribeInstanceInformation"],
            ...["ssm:ListCommands", "ssm:ListCommandInvocations", "ssm:GetCommandInvocation"],
          ],
          Resource: ["*"],
          Condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
      ),
    });
    return role.arn;
  }
}
