interface Overridable {
  addOverride(path: string, value: unknown): void;
}

interface Acceptance {
  readonly rule: string;
  readonly reason: string;
  readonly source: "generator";
}

/** What was accepted of each resource: an override replaces the one before it. */
const accepted = new WeakMap<Overridable, readonly Acceptance[]>();

/**
 * Tells the policy that a finding on a resource is inherent in what was asked for. The reason stands beside the resource in
 * the synthesized JSON, where reviewers read it; Terraform ignores it. Several findings on one resource are accepted one by
 * one. An acceptance that matches no finding is an error.
 *
 * @param reason a sentence of 20 characters or more, for whoever must approve it
 */
export function accept(resource: Overridable, rule: string, reason: string): void {
  const all = [...(accepted.get(resource) ?? []), { rule, reason, source: "generator" as const }];
  accepted.set(resource, all);
  resource.addOverride("//.policy.suppress", all);
}
