import { complainIf, rule } from "../rule";

export const cache05 = rule({
  id: "CACHE-05",
  title: "caches of kept systems have snapshots",
  severity: "medium",
  types: ["aws_elasticache_replication_group"],
  why: "a failover keeps what a mistake has written or deleted",
  fix: "write snapshotDays of 1 or more",
  also: ["CKV_AWS_134", "AWS-0050", "ElastiCache.1"],
  whenKept: true,
  inspect: (cache) => {
    const days = cache.body.snapshot_retention_limit;
    return complainIf(!(Number(days ?? 0) >= 1), cache, "snapshot_retention_limit", days, "1 or more");
  },
});
