import { must, rule } from "../rule";

export const cache07 = rule({
  id: "CACHE-07",
  title: "caches get minor versions by themselves",
  severity: "low",
  types: ["aws_elasticache_replication_group"],
  why: "they hold corrections of security, and nobody thinks of them",
  fix: "write auto_minor_version_upgrade = true",
  also: ["CKV_AWS_322", "ElastiCache.2"],
  inspect: (cache) => must(cache, "auto_minor_version_upgrade", true),
});
