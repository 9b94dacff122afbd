/** A policy of IAM that allows what its statements say: those of a role, or with principals those of a resource. */
export function allowing(...statements: readonly object[]): string {
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
