import { allowsEverybody } from "../everybody";
import { rule } from "../rule";
import { resourcePolicies } from "../statements";

export const ecr04 = rule({
  id: "ECR-04",
  title: "policies of resources do not invite everybody",
  severity: "critical",
  types: ["aws_ecr_repository_policy", "aws_ecr_registry_policy", "aws_secretsmanager_secret_policy"],
  why: "with principal * every AWS account in the world is invited",
  fix: "name the accounts or roles, or add a condition on aws:PrincipalOrgID",
  also: ["CKV_AWS_32", "AWS-0032"],
  check: (doc) =>
    resourcePolicies(doc)
      .flatMap(({ statements }) => statements ?? [])
      .filter(allowsEverybody)
      .filter(({ entry }) => entry.type !== "aws_kms_key" && entry.type !== "aws_vpc_endpoint")
      .map(({ entry, argument }) => ({ at: entry, argument, given: "principal *", wanted: "named principals" })),
});
