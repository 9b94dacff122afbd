import { list } from "../core/terraform-json";
import { type Doc, type Entry, view } from "./doc";

/** A policy of AWS's own that is attached to an identity. */
export interface ManagedPolicy {
  readonly entry: Entry;
  readonly argument: string;
  readonly given: unknown;
  /** Without the path before it, such as `service-role/`. */
  readonly name: string;
}

/** What attaches policies by ARN, and the arguments with the ARNs. */
const attachments = {
  aws_iam_role_policy_attachment: "policy_arn",
  aws_iam_policy_attachment: "policy_arn",
  aws_iam_role_policy_attachments_exclusive: "policy_arns",
  aws_iam_role: "managed_policy_arns",
} as const;

export const attachingTypes = Object.keys(attachments);

/** The policies of AWS's own that somebody attached, by ARN or by a data source that looks one up. */
export const managedPolicies = view((doc: Doc): readonly ManagedPolicy[] =>
  Object.entries(attachments).flatMap(([type, argument]) =>
    doc.all(type).flatMap((entry) =>
      list(entry.body[argument]).flatMap((given) => {
        const name = managedName(doc, given);
        return name === undefined ? [] : [{ entry, argument, given, name }];
      }),
    ),
  ),
);

function managedName(doc: Doc, given: unknown): string | undefined {
  const source = doc.follow(given);
  const lookedUp = source?.type === "data.aws_iam_policy" ? source.body : {};
  if (lookedUp.name !== undefined) return String(lookedUp.name);
  // The partition before it may be a reference.
  return /:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(String(lookedUp.arn ?? given))?.[1];
}
