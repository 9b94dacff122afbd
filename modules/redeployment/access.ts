import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { nameLimits, physicalName } from "../../src/core/names";

interface AccessProps {
  readonly name: string;
  readonly region: string;
  readonly documentName: string;
  readonly serviceArn: string;
  readonly ruleArn: string;
}

/**
 * Two roles, because two services act: EventBridge may start one document, Automation may redeploy one service. Each role is
 * lent for this account's own rule and executions only.
 */
export class Access extends Construct {
  readonly automationRoleArn: string;
  readonly eventsRoleArn: string;
  /** What EventBridge starts: the default version of the document. */
  readonly definitionArn: string;
  readonly policies: ITerraformDependable[];

  constructor(scope: Construct, id: string, { name, region, documentName, serviceArn, ruleArn }: AccessProps) {
    super(scope, id);
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const { partition } = new DataAwsPartition(this, "partition", {});
    const arn = (resource: string) => `arn:${partition}:ssm:${region}:${accountId}:${resource}`;
    const role = (of: string, description: string, service: string, condition: object) =>
      new IamRole(this, of, {
        name: physicalName([name, of], nameLimits.role),
        description,
        assumeRolePolicy: allowing({
          Action: "sts:AssumeRole",
          Principal: { Service: service },
          Condition: { StringEquals: { "aws:SourceAccount": accountId }, ...condition },
        }),
      });
    const automation = role("redeploy", `Automation redeploys ${name} with it`, "ssm.amazonaws.com", {
      ArnLike: { "aws:SourceArn": arn("automation-execution/*") },
    });
    const events = role(
      "redeploy-start",
      `EventBridge starts the redeployment of ${name} with it`,
      "events.amazonaws.com",
      {
        ArnEquals: { "aws:SourceArn": ruleArn },
      },
    );

    this.automationRoleArn = automation.arn;
    this.eventsRoleArn = events.arn;
    this.definitionArn = arn(`automation-definition/${documentName}:$DEFAULT`);
    this.policies = [
      new IamRolePolicy(this, "redeploy-policy", {
        name: "redeploy",
        role: automation.name,
        policy: allowing({ Action: ["ecs:DescribeServices", "ecs:UpdateService"], Resource: serviceArn }),
      }),
      new IamRolePolicy(this, "start-policy", {
        name: "start",
        role: events.name,
        policy: allowing(
          {
            Action: "ssm:StartAutomationExecution",
            // The document, by both of its names in AWS's policies, and the execution that arises: its id is new each time.
            Resource: [this.definitionArn, arn(`document/${documentName}`), arn("automation-execution/*")],
          },
          {
            Action: "iam:PassRole",
            Resource: automation.arn,
            Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
          },
        ),
      }),
    ];
  }
}
