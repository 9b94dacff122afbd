import { rule } from "../rule";
import { allowances } from "../statements";

export const iam02 = rule({
  id: "IAM-02",
  title: "policies list actions, not services",
  severity: "high",
  types: ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_role"],
  why: "service:* also allows what the service learns next year, and what deletes",
  fix: "list the actions; a prefix such as ec2:Describe* is fine",
  also: ["CKV_AWS_49", "CKV_AWS_63", "AWS-0057", "IAM.21"],
  check: (doc) =>
    allowances(doc).flatMap(({ entry, argument, actions, exceptActions }) => {
      const wide = actions.filter((action) => /^\*|:[*?]+$/.test(action));
      const given = exceptActions ? `everything except ${actions.join(", ")}` : wide;
      return exceptActions || wide.length > 0 ? [{ at: entry, argument, given, wanted: "named actions" }] : [];
    }),
});
