const partitions = { "cn-": "aws-cn", "us-gov-": "aws-us-gov", "eusc-": "aws-eusc" } as const;

/** Part of AWS that a region belongs to, as it stands in ARNs. */
export function partitionOf(region: string): string {
  return Object.entries(partitions).find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}
