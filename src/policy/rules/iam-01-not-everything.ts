import { rule } from "../rule";
import { allowances } from "../statements";

export const iam01 = rule({
  id: "IAM-01",
  title: "no policy allows everything",
  severity: "critical",
  types: ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_role"],
  why: "whoever takes over one container would own the account",
  fix: "list the actions that the code calls, and the ARNs it calls them on",
  also: ["CKV_AWS_1", "CKV_AWS_62", "CKV2_AWS_40", "AWS-0057", "IAM.1"],
  check: (doc) =>
    allowances(doc)
      .filter(({ actions, exceptActions }) => actions.some((action) => /^\*(:\*)?$/.test(action)) || exceptActions)
      .filter(({ resources, exceptResources }) => resources.includes("*") || exceptResources)
      .map(({ entry, argument }) => ({ at: entry, argument, given: "everything on everything", wanted: "a list" })),
});
