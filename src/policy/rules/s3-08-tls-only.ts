import { rule } from "../rule";
import { resourcePolicies, type Statement } from "../statements";

export const s308 = rule({
  id: "S3-08",
  title: "buckets refuse who comes without TLS",
  severity: "medium",
  types: ["aws_s3_bucket"],
  why: "S3 answers plain HTTP too, and a client that is told so sends its data in clear text",
  fix: "deny s3:* to everybody where aws:SecureTransport is false, in the bucket's policy",
  also: ["CKV_AWS_379", "S3.5"],
  inspect: (at, doc) => {
    const policies = doc.referrers(at, "aws_s3_bucket_policy");
    const refuses = resourcePolicies(doc)
      .filter(({ entry }) => policies.includes(entry))
      .flatMap(({ statements }) => statements ?? [])
      .some(refusesPlainHttp);
    return refuses ? [] : [{ at, argument: "policy", given: undefined, wanted: "a refusal of plain HTTP" }];
  },
});

/** Everybody, everything, and by nothing but the lack of TLS: a second test would let some through. */
function refusesPlainHttp({ allows, principals, actions, exceptActions, conditions }: Statement): boolean {
  const everything = !exceptActions && actions.some((action) => action === "*" || action.toLowerCase() === "s3:*");
  const [test, ...others] = conditions;
  const plain =
    test?.key.toLowerCase() === "aws:securetransport" &&
    ["Bool", "BoolIfExists"].includes(test.operator) &&
    test.values.includes("false");
  return !allows && principals.includes("*") && everything && plain && others.length === 0;
}
