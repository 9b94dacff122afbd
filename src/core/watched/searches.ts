import { type Metric, quarterHour, tenMinutes, type Watched } from "./watched";

export interface WatchedSearch {
  readonly domain: string;
  readonly accountId: string;
  /** Volume of each node. */
  readonly volumeGib: number;
}

/** A domain of OpenSearch. */
export function watchedSearch({ domain: DomainName, accountId: ClientId, volumeGib }: WatchedSearch): Watched {
  const of = (name: string, statistic: string): Metric => ({
    ...{ namespace: "AWS/ES", name, statistic, dimensions: { DomainName, ClientId } },
  });
  return {
    alarms: [
      {
        key: "red",
        title: "Indexes of which a part is missing",
        says: "A part of an index is on no node: what it holds cannot be found, and new lines may be dropped.",
        repair: "See in the domain's health which index and why; usually a node is full, or has been lost.",
        of: of("ClusterStatus.red", "Maximum"),
        ...{ comparison: "above", threshold: 0, ...tenMinutes, silence: "fine" },
      },
      {
        key: "storage",
        title: "Free storage of the fullest node, in MiB",
        says: "Less than a quarter of a node's volume is free, of a large one less than 25 GiB. Below a fifth, or 20 GiB, OpenSearch takes no more lines.",
        repair: "Delete old indexes, by a policy of Index State Management, or raise volumeGib.",
        of: of("FreeStorageSpace", "Minimum"),
        ...{ comparison: "below", threshold: Math.min(256 * volumeGib, 25 * 1024), ...quarterHour, silence: "fine" },
      },
      {
        key: "blocked",
        title: "Writes refused",
        says: "The search refuses every write: lines are in CloudWatch only.",
        repair: "Make room, by deleted indexes or a larger volumeGib; it takes writes again by itself.",
        of: of("ClusterIndexWritesBlocked", "Maximum"),
        ...{ comparison: "above", threshold: 0, ...tenMinutes, silence: "fine" },
      },
    ],
    graphs: [
      {
        title: "CPU and memory of the search, in percent",
        metrics: ["CPUUtilization", "JVMMemoryPressure"].map((name) => of(name, "Maximum")),
      },
    ],
  };
}
