import { complainIf, rule } from "../rule";

export const ecr05 = rule({
  id: "ECR-05",
  title: "repositories forget old images",
  severity: "low",
  types: ["aws_ecr_repository"],
  why: "every push costs storage for ever, and old images keep old holes",
  fix: "add an aws_ecr_lifecycle_policy that expires untagged images, and tagged ones beyond a number",
  also: ["ECR.3"],
  inspect: (repository, doc) => {
    const [policy] = doc.referrers(repository, "aws_ecr_lifecycle_policy");
    return complainIf(!policy, repository, "aws_ecr_lifecycle_policy", undefined, "one for this repository");
  },
});
