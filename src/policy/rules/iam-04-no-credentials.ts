import { rule } from "../rule";
import { allowances, takesIn } from "../statements";

/** Actions whose answer is a credential of somebody. */
const credentials = [
  ...["iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile", "iam:ResetServiceSpecificCredential"],
  ...["iam:CreateServiceSpecificCredential", "iam:UpdateAccessKey", "sts:GetFederationToken", "sts:GetSessionToken"],
  ...["ec2:GetPasswordData", "ec2-instance-connect:SendSSHPublicKey", "redshift:GetClusterCredentials"],
  ...["lightsail:DownloadDefaultKeyPair", "lightsail:GetInstanceAccessDetails"],
];

export const iam04 = rule({
  id: "IAM-04",
  title: "no workload can make itself credentials",
  severity: "critical",
  types: ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_role"],
  why: "an intruder would leave with a key that works after the hole is closed",
  fix: "remove the action; workloads have roles, people have single sign-on",
  also: ["CKV_AWS_107", "CKV_AWS_287"],
  check: (doc) =>
    allowances(doc).flatMap(({ entry, argument, actions, exceptActions }) => {
      const found = credentials.filter((one) => !exceptActions && actions.some((action) => takesIn(action, one)));
      return found.length > 0 ? [{ at: entry, argument, given: found, wanted: "none of these actions" }] : [];
    }),
});
