import { must, rule } from "../rule";

export const ecr01 = rule({
  id: "ECR-01",
  title: "a tag always means the same image",
  severity: "medium",
  types: ["aws_ecr_repository"],
  why: "who can push could change what runs behind a tag, and a rollback would not bring the old image back",
  fix: 'write image_tag_mutability = "IMMUTABLE"',
  also: ["CKV_AWS_51", "AWS-0031", "ECR.2"],
  inspect: (repository) => must(repository, "image_tag_mutability", "IMMUTABLE"),
});
