import { rule } from "../rule";
import { trustPolicies } from "../statements";

export const iam09 = rule({
  id: "IAM-09",
  title: "roles trust somebody, not everybody",
  severity: "critical",
  types: ["aws_iam_role"],
  why: "with principal * any AWS account takes the role; with a whole account so does anybody in it",
  fix: "trust the service that uses the role, or named roles",
  also: ["CKV_AWS_60", "CKV_AWS_61"],
  check: (doc) =>
    trustPolicies(doc)
      .flatMap(({ statements }) => statements ?? [])
      .filter(({ allows }) => allows)
      .flatMap(({ entry, argument, principals, conditionKeys }) => {
        const account = (one: string) => /^(\d{12}|arn:[^:]*:iam::[^:]*:root)$/.test(one) && conditionKeys.length === 0;
        const wide = principals.filter((one) => one === "*" || account(one));
        return wide.length > 0 ? [{ at: entry, argument, given: wide, wanted: "a service or named roles" }] : [];
      }),
});
