import { attachingTypes, managedPolicies } from "../managed-policies";
import { rule } from "../rule";
import { allowances, takesIn } from "../statements";

/** Actions whose answer is somebody's data. */
const readers = [
  ...[
    "s3:GetObject",
    "secretsmanager:GetSecretValue",
    "secretsmanager:BatchGetSecretValue",
    "rds:DownloadDBLogFilePortion",
  ],
  ...["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "kms:Decrypt", "ec2:GetConsoleOutput"],
];
/** Policies of AWS's own that allow it on everything: what is convenient for Session Manager reads each parameter too. */
const managedReaders = new RegExp(
  `^(${[
    ...["AmazonSSMManagedInstanceCore", "AmazonEC2RoleforSSM", "AmazonSSMFullAccess", "AmazonSSMReadOnlyAccess"],
    ...["ReadOnlyAccess", "SecretsManagerReadWrite", "AWSSecretsManagerClientReadOnlyAccess", "AmazonS3.*"],
  ].join("|")})$`,
);
const everyOne = /^(\*|arn:[^:]*:[a-z0-9*-]*:[^:]*:[^:]*:(\*|(secret:|parameter\/|key\/)\*?|[*?/]+))$/;

export const iam05 = rule({
  id: "IAM-05",
  title: "who reads secrets, parameters or objects reads named ones",
  severity: "critical",
  types: ["aws_iam_policy", "aws_iam_role_policy", ...attachingTypes],
  why: "one taken container would read the passwords of all systems in the account",
  fix: "name the ARN of each secret, a path of parameters, or the bucket with a prefix",
  also: ["CKV_AWS_108", "CKV_AWS_288"],
  check: (doc) => [
    ...allowances(doc)
      .filter(
        ({ exceptActions, resources, exceptResources }) =>
          !exceptActions && (exceptResources || resources.some((one) => everyOne.test(one))),
      )
      .flatMap(({ entry, argument, actions, resources }) => {
        const found = readers.filter((one) => actions.some((action) => takesIn(action, one)));
        const given = `${found.join(", ")} on ${resources.join(", ")}`;
        return found.length > 0 ? [{ at: entry, argument, given, wanted: "named ARNs" }] : [];
      }),
    ...managedPolicies(doc)
      .filter(({ name }) => managedReaders.test(name))
      .map(({ entry, argument, given }) => ({ at: entry, argument, given, wanted: "a policy with named ARNs" })),
  ],
});
