import { rule } from "../rule";
import { allowances, takesIn } from "../statements";

/** Actions that AWS only allows on everything. */
const unrestrictable = [
  ...["ecr:GetAuthorizationToken", "cloudwatch:PutMetricData", "cloudwatch:ListMetrics", "cloudwatch:GetMetricData"],
  ...["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel"],
  ...["ssmmessages:OpenDataChannel", "ec2messages:*", "ssm:DescribeParameters", "ssm:UpdateInstanceInformation"],
  ...["ssm:ListAssociations", "ssm:ListInstanceAssociations", "ssm:PutInventory", "ssm:PutComplianceItems"],
  ...["ec2:Describe*", "autoscaling:Describe*", "elasticloadbalancing:Describe*", "application-autoscaling:Describe*"],
  ...["ecs:DiscoverPollEndpoint", "ecs:CreateCluster", "ecs:ListClusters", "ecs:ListTaskDefinitions"],
  ...["ecs:DescribeTaskDefinition", "ecs:DeregisterTaskDefinition", "logs:DescribeLogGroups"],
  ...["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSampling*", "sts:GetCallerIdentity"],
  ...["tag:GetResources", "s3:ListAllMyBuckets", "kms:ListAliases", "kms:ListKeys", "iam:ListAccountAliases"],
  ...["secretsmanager:ListSecrets", "secretsmanager:GetRandomPassword", "rds:DescribeDBEngineVersions"],
];

export const iam03 = rule({
  id: "IAM-03",
  title: "policies name what may be touched",
  severity: "high",
  types: ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_role"],
  why: "on resource * the permission reaches every other system in the account",
  fix: "name ARNs, or restrict the statement by a condition such as ecs:cluster or aws:ResourceTag",
  also: ["CKV_AWS_355", "CKV_AWS_356", "AWS-0057"],
  check: (doc) =>
    allowances(doc)
      .filter(
        ({ resources, exceptResources, conditionKeys }) =>
          (resources.includes("*") || exceptResources) && conditionKeys.length === 0,
      )
      .flatMap(({ entry, argument, actions, exceptActions }) => {
        const restrictable = actions.filter((action) => !unrestrictable.some((known) => takesIn(known, action)));
        const given = `resource * for ${restrictable.join(", ")}`;
        return exceptActions || restrictable.length > 0 ? [{ at: entry, argument, given, wanted: "ARNs" }] : [];
      }),
});
