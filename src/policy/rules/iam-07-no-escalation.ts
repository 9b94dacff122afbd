import { rule } from "../rule";
import { allowances, takesIn } from "../statements";

/** Actions by which one gives oneself more. */
const escalations = [
  ...["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:AttachRolePolicy", "iam:AttachUserPolicy"],
  ...["iam:AttachGroupPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy", "iam:PutGroupPolicy", "iam:AddUserToGroup"],
  ...["iam:UpdateAssumeRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"],
];

export const iam07 = rule({
  id: "IAM-07",
  title: "no workload can give itself more rights",
  severity: "critical",
  types: ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_role"],
  why: "who can change policies, or hand any role to a new machine, is an administrator by another name",
  fix: "remove the action; iam:PassRole wants the ARN of one role and the condition iam:PassedToService",
  also: ["CKV_AWS_110", "CKV_AWS_286", "AWS-0342"],
  check: (doc) =>
    allowances(doc)
      .filter(({ exceptActions }) => !exceptActions)
      .flatMap(({ entry, argument, actions, resources, exceptResources, conditionKeys }) => {
        const found = escalations.filter((one) => actions.some((action) => takesIn(action, one)));
        const passes = actions.some((action) => takesIn(action, "iam:PassRole"));
        const named = !exceptResources && !resources.some((one) => /^\*$|:role\/\*$/.test(one));
        if (passes && !(named && conditionKeys.includes("iam:PassedToService"))) found.push("iam:PassRole");
        return found.length > 0
          ? [{ at: entry, argument, given: found, wanted: "none, or a role and its service" }]
          : [];
      }),
});
