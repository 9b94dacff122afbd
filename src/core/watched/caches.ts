import type { Metric, Watched } from "./watched";

/** The nodes of an ElastiCache replication group, by their ids. The cache has alarms of its own. */
export function watchedCache(nodes: readonly string[]): Watched {
  const onEach = (title: string, name: string) => ({
    title,
    metrics: nodes.map(
      (CacheClusterId): Metric => ({
        ...{ namespace: "AWS/ElastiCache", name, statistic: "Average", dimensions: { CacheClusterId } },
      }),
    ),
  });
  return {
    alarms: [],
    graphs: [
      onEach("Use of the engine, in percent", "EngineCPUUtilization"),
      onEach("Use of the memory, in percent", "DatabaseMemoryUsagePercentage"),
      onEach("Seconds behind the primary", "ReplicationLag"),
    ],
  };
}
