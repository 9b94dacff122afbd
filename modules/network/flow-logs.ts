import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { nameLimits, physicalName } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";

interface FlowLogsProps {
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly days: number;
  readonly onRemoval: OnRemoval;
}

/** The record of every connection that a network accepted or refused, in CloudWatch Logs. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, { name, region, vpcId, days, onRemoval }: FlowLogsProps) {
    super(scope, id);
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const { partition } = new DataAwsPartition(this, "partition", {});

    const group = new CloudwatchLogGroup(this, "group", {
      name: physicalName([name, "flow-logs"], nameLimits.logGroup),
      retentionInDays: days,
      skipDestroy: onRemoval === "keep",
    });
    const role = new IamRole(this, "role", {
      // Role names are shared by all regions of an account.
      name: physicalName([name, region, "flow-logs"], nameLimits.role),
      description: `Lets VPC flow logs of ${name} write to CloudWatch Logs`,
      assumeRolePolicy: policy({
        Action: "sts:AssumeRole",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        // The service works for every account: only the flow logs of this one may borrow the role.
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
        },
      }),
    });
    const rights = new IamRolePolicy(this, "rights", {
      name: "write-flow-logs",
      role: role.name,
      policy: policy(
        {
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: `${group.arn}:*`,
        },
        // A list of names, which AWS does not let one narrow down to a group.
        { Action: "logs:DescribeLogGroups", Resource: `arn:${partition}:logs:${region}:${accountId}:log-group:*` },
      ),
    });
    new FlowLog(this, "log", {
      vpcId,
      trafficType: "ALL",
      maxAggregationInterval: 60,
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      tags: { Name: name },
      dependsOn: [rights],
    });
  }
}

function policy(...statements: readonly object[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}
