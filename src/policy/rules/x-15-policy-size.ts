import type { Entry } from "../doc";
import { complainIf, rule } from "../rule";
import { identityPolicies, trustPolicies } from "../statements";

/** Characters without white space, as IAM counts them. */
const limits: Readonly<Record<string, number>> = { aws_iam_policy: 6144, aws_iam_role_policy: 10_240 };

export const x15 = rule({
  id: "X-15",
  title: "policies are small enough for IAM",
  severity: "medium",
  types: ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_role"],
  why: "IAM refuses longer ones, in the middle of an apply",
  fix: "group resources by a common path or tag, or split the policy",
  check: (doc) => [
    ...identityPolicies(doc).flatMap(({ entry, argument, text }) => tooLong(entry, argument, text, limits[entry.type])),
    ...trustPolicies(doc).flatMap(({ entry, argument, text }) => tooLong(entry, argument, text, 2048)),
  ],
});

/** References are counted as they stand: ARNs are rarely shorter. */
function tooLong(at: Entry, argument: string, text: unknown, limit = 10_240) {
  const length = String(text).replace(/\s/g, "").length;
  return complainIf(length > limit, at, argument, `${length} characters`, `at most ${limit}`);
}
