import { list } from "../../core/terraform-json";
import { rule } from "../rule";

const tooMuch = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess|job-function\/SystemAdministrator)/;

export const iam11 = rule({
  id: "IAM-11",
  title: "no role is an administrator",
  severity: "critical",
  types: [
    "aws_iam_role_policy_attachment",
    "aws_iam_policy_attachment",
    "aws_iam_role_policy_attachments_exclusive",
    "aws_iam_role",
  ],
  why: "whoever takes over one workload would own the account",
  fix: "write a policy with the actions that are needed",
  also: ["CKV_AWS_274", "CKV_AWS_275", "CKV2_AWS_56"],
  inspect: (entry) => {
    const { policy_arn, policy_arns, managed_policy_arns } = entry.body;
    return [policy_arn, policy_arns, managed_policy_arns]
      .flatMap(list)
      .filter((arn) => tooMuch.test(String(arn)))
      .map((given) => ({ at: entry, argument: "policy_arn", given, wanted: "a policy of the workload's own" }));
  },
});
