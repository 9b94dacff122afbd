import { must, rule } from "../rule";

export const cache01 = rule({
  id: "CACHE-01",
  title: "caches are encrypted where they keep copies",
  severity: "medium",
  types: ["aws_elasticache_replication_group"],
  why: "snapshots and swapped memory hold sessions; it cannot be changed without a new cache",
  fix: "write at_rest_encryption_enabled = true",
  also: ["CKV_AWS_29", "AWS-0045", "ElastiCache.4"],
  inspect: (cache) => must(cache, "at_rest_encryption_enabled", true),
});
