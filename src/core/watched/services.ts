import { type AlarmPlan, type Metric, quarterHour, type Watched } from "./watched";

/** CPU units below which a percentage of them says nothing: any request takes more than all of 10 units for a moment. */
export const leastCpuToMeasure = 128;

export interface WatchedService {
  /** Names in ECS. */
  readonly cluster: string;
  readonly service: string;
  /** CPU units of one task. */
  readonly cpu: number;
  /** Whether Container Insights counts the tasks of the cluster. */
  readonly counted: boolean;
}

/** An ECS service that is meant to have tasks. */
export function watchedService({ cluster, service, cpu, counted }: WatchedService): Watched {
  const of = (namespace: string, name: string, statistic: string): Metric => ({
    ...{ namespace, name, statistic },
    dimensions: { ClusterName: cluster, ServiceName: service },
  });
  const count = (name: string) => of("ECS/ContainerInsights", name, "Average");
  const missing: AlarmPlan = {
    key: "missing",
    title: "Tasks missing",
    says: "For a quarter of an hour fewer tasks have run than should.",
    repair: "Read the service's events: an image or a secret that is not there, or no machine with room.",
    of: {
      expression: "desired - running",
      label: "Tasks missing",
      metrics: { desired: count("DesiredTaskCount"), running: count("RunningTaskCount") },
    },
    ...{ comparison: "above", threshold: 0, ...quarterHour, silence: "alarm" },
  };
  const busy: AlarmPlan = {
    key: "cpu",
    title: "CPU, in percent",
    says: "Tasks use more than 90 % of the CPU that they were promised: scaling is at its end, or there is none.",
    repair: "Raise the highest count of its scaling, or cpu; compare with the number of requests first.",
    of: of("AWS/ECS", "CPUUtilization", "Average"),
    ...{ comparison: "above", threshold: 90, ...quarterHour, silence: "fine" },
  };
  const full: AlarmPlan = {
    key: "memory",
    title: "Memory, in percent",
    says: "A task uses more than 90 % of its memory. At 100 % it is killed.",
    repair: "Raise memoryMib; if the use grows without an end, look for a leak in the version deployed last.",
    of: of("AWS/ECS", "MemoryUtilization", "Maximum"),
    ...{ comparison: "above", threshold: 90, ...quarterHour, silence: "fine" },
  };
  return {
    alarms: [...(counted ? [missing] : []), ...(cpu >= leastCpuToMeasure ? [busy] : []), full],
    graphs: [],
  };
}

/** An EventBridge rule that has something started, where nobody would notice that it was not. */
export function watchedRule(rule: string, what: string): Watched {
  const failed: Metric = {
    ...{ namespace: "AWS/Events", name: "FailedInvocations", statistic: "Sum" },
    dimensions: { RuleName: rule },
  };
  return {
    alarms: [
      {
        key: "failed",
        title: "Failed starts",
        says: `EventBridge could not start ${what}.`,
        repair: `Start it by hand, and look at the rule's role: ${rule}.`,
        of: failed,
        ...{ comparison: "above", threshold: 0, period: 300, periods: 1, silence: "fine" },
      },
    ],
    graphs: [],
  };
}
