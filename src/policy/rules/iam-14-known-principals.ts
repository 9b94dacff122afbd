import { allowsEverybody } from "../everybody";
import { rule } from "../rule";
import { resourcePolicies } from "../statements";

const types = [
  ...["aws_s3_bucket_policy", "aws_sns_topic_policy", "aws_sqs_queue_policy", "aws_ecr_repository_policy"],
  ...["aws_secretsmanager_secret_policy", "aws_kms_key", "aws_opensearch_domain", "aws_efs_file_system_policy"],
];

export const iam14 = rule({
  id: "IAM-14",
  title: "what others may use is open to somebody, not to everybody",
  severity: "critical",
  types,
  why: "with principal * and no condition on who comes, every AWS account in the world is meant",
  fix: "name the service or the role, or add a condition such as aws:SourceAccount",
  also: ["CKV_AWS_33", "CKV_AWS_70", "CKV_AWS_169", "CKV_AWS_283", "CKV_AWS_385", "AWS-0346", "S3.6", "KMS.5", "SNS.4"],
  check: (doc) =>
    resourcePolicies(doc)
      .filter(({ entry }) => types.includes(entry.type))
      .flatMap(({ statements }) => statements ?? [])
      .filter(allowsEverybody)
      .map(({ entry: at, argument }) => ({
        at,
        argument,
        given: "*",
        wanted: "a service, a role, or a condition on who comes",
      })),
});
