/**
 * Tells the policy that a finding on a resource is inherent in what was asked for. The reason stands beside the resource in
 * the synthesized JSON, where reviewers read it; Terraform ignores it. An acceptance that matches no finding is an error.
 *
 * @param reason a sentence of 20 characters or more, for whoever must approve it
 */
export function accept(
  resource: { addOverride(path: string, value: unknown): void },
  rule: string,
  reason: string,
): void {
  resource.addOverride("//.policy.suppress", [{ rule, reason, source: "generator" }]);
}
