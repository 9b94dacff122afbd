import { type Metric, quarterHour, type Watched } from "./watched";

/**
 * A file system of EFS whose throughput follows the load. Such a one has no burst credits to run out of; what it has are two bounds.
 * That nobody has it mounted is no alarm here: tasks without their files do not start, which their service's alarm says.
 */
export function watchedFileSystem(FileSystemId: string): Watched {
  const of = (name: string, statistic: string): Metric => ({
    ...{ namespace: "AWS/EFS", name, statistic, dimensions: { FileSystemId } },
  });
  return {
    alarms: [
      {
        key: "operations",
        title: "Operations, in percent of the most",
        says: "The files are near the most operations in a second that EFS allows: reads and writes begin to wait.",
        repair:
          "Find who asks for so many small files; a cache in the application, or of PHP's code, takes most of it.",
        of: of("PercentIOLimit", "Average"),
        ...{ comparison: "above", threshold: 90, ...quarterHour, silence: "fine" },
      },
      {
        key: "throughput",
        title: "Throughput, in percent of what is permitted",
        says: "The files have been read and written at more than 80 % of the throughput that EFS permits.",
        repair: "See what copies so much: a backup, a plug-in, or large files that an edge should keep.",
        of: {
          // Bytes of a period against bytes of a second.
          expression: "100 * metered / PERIOD(metered) / permitted",
          label: "Throughput in percent",
          metrics: { metered: of("MeteredIOBytes", "Sum"), permitted: of("PermittedThroughput", "Minimum") },
        },
        ...{ comparison: "above", threshold: 80, ...quarterHour, silence: "fine" },
      },
    ],
    graphs: [
      { title: "Bytes read and written", metrics: [of("DataReadIOBytes", "Sum"), of("DataWriteIOBytes", "Sum")] },
      { title: "Machines and tasks that have the files", metrics: [of("ClientConnections", "Sum")] },
    ],
  };
}
