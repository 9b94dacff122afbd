import { must, rule } from "../rule";

export const cache06 = rule({
  id: "CACHE-06",
  title: "caches of kept systems survive a zone",
  severity: "medium",
  types: ["aws_elasticache_replication_group"],
  why: "with one node, or without failover, its end is an outage until somebody makes another one",
  fix: "write nodes of 2 or more: failover and several zones follow from it",
  also: ["CKV2_AWS_50", "ElastiCache.3"],
  whenKept: true,
  inspect: (cache) => [...must(cache, "automatic_failover_enabled", true), ...must(cache, "multi_az_enabled", true)],
});
