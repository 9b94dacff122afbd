import { must, rule } from "../rule";

export const cache03 = rule({
  id: "CACHE-03",
  title: "caches speak TLS to their clients",
  severity: "medium",
  types: ["aws_elasticache_replication_group"],
  why: "sessions and passwords would cross the network in clear text, with no way to change that client by client",
  fix: 'write transit_encryption_enabled = true, with transit_encryption_mode = "preferred" while old clients are there',
  also: ["CKV_AWS_30", "AWS-0051", "ElastiCache.5"],
  inspect: (cache) => must(cache, "transit_encryption_enabled", true),
});
