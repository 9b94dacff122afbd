import { never } from "../rule";

export const iam13 = never({
  id: "IAM-13",
  title: "no IAM users, groups or access keys",
  severity: "high",
  types: [
    ...["aws_iam_user", "aws_iam_group", "aws_iam_access_key", "aws_iam_user_policy", "aws_iam_group_policy"],
    ...["aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment", "aws_iam_user_login_profile"],
    ...["aws_iam_user_group_membership", "aws_iam_group_membership", "aws_iam_user_ssh_key"],
  ],
  why: "keys of users never expire, leak, and stay in the state",
  fix: "use a role: machines and tasks have one, people get one from single sign-on",
  also: ["CKV_AWS_40", "CKV_AWS_273", "CKV_AWS_348", "CKV2_AWS_21", "CKV2_AWS_22", "AWS-0143", "IAM.2", "IAM.3"],
  instead: "a role",
});
