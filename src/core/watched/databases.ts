import { machineType } from "../machine-types";
import { type AlarmPlan, type Metric, quarterHour, type Watched } from "./watched";

const gib = 1024 ** 3;

export interface WatchedDatabase {
  readonly identifier: string;
  readonly engine: "mysql" | "postgres";
  /** Such as `db.m7g.large`. */
  readonly instanceClass: string;
  readonly storageGib: number;
  /** Size up to which RDS lets the storage grow, where it does. */
  readonly maxStorageGib?: number;
}

/**
 * An RDS instance. Memory and connections are watched for classes whose memory is known: those with the sizes of EC2 machines in
 * `machine-types.ts`.
 */
export function watchedDatabase(database: WatchedDatabase): Watched {
  const { identifier, engine, instanceClass, storageGib, maxStorageGib } = database;
  const of = about({ DBInstanceIdentifier: identifier });
  const memory = memoryOf(instanceClass);
  // RDS makes room at 10 % free, but not twice within six hours: less than half of that means that it did not.
  const share = maxStorageGib === undefined ? 0.1 : 0.05;
  const storage: AlarmPlan = {
    key: "storage",
    title: "Free storage, in bytes",
    says: `Less than ${100 * share} % of the storage is free. Without any, the database stops.`,
    repair: "Raise storageGib, or maxStorageGib where RDS makes room by itself; then see what grows.",
    of: of("FreeStorageSpace", "Minimum"),
    ...{ comparison: "below", threshold: Math.round(share * storageGib * gib), period: 300, periods: 2 },
    silence: "fine",
  };
  const known = memory === undefined ? [] : [scarce(of, memory), crowded(of, connectionsOf(engine, memory))];
  return {
    alarms: [busy(of), storage, ...known],
    graphs: [
      { title: "Latency of the storage", metrics: [of("ReadLatency", "Average"), of("WriteLatency", "Average")] },
    ],
  };
}

export interface WatchedAurora {
  /** Identifier of the cluster. */
  readonly identifier: string;
  readonly capacity:
    | { readonly serverless: { readonly minAcu: number; readonly maxAcu: number } }
    | { readonly instanceClass: string };
  readonly readers: number;
}

/** An Aurora MySQL cluster, as its fullest member has it. Its storage grows by itself. */
export function watchedAurora({ identifier, capacity, readers }: WatchedAurora): Watched {
  const of = about({ DBClusterIdentifier: identifier });
  const serverless = "serverless" in capacity;
  const memory = serverless ? capacity.serverless.maxAcu * 2 * gib : memoryOf(capacity.instanceClass);
  const atEnd: AlarmPlan = {
    key: "at-end",
    title: "Capacity, in percent",
    says: "A member uses more than 90 % of the most capacity that it may take (maxAcu).",
    repair: "Raise maxAcu if the load is real; otherwise look for queries without an index.",
    of: of("ACUUtilization", "Maximum"),
    ...{ comparison: "above", threshold: 90, ...quarterHour, silence: "fine" },
  };
  const behind: AlarmPlan = {
    key: "lag",
    title: "Milliseconds behind the writer",
    says: "A reader is more than two seconds behind the writer. Usually it is a tenth of one.",
    repair: "See whether the writer or that reader is busy: the slowest reader restarts when it falls too far behind.",
    of: of("AuroraReplicaLagMaximum", "Maximum"),
    ...{ comparison: "above", threshold: 2000, ...quarterHour, silence: "fine" },
  };
  // Aurora keeps the number low where it may nearly stop.
  const most = serverless && capacity.serverless.minAcu <= 0.5 ? 2000 : Number.POSITIVE_INFINITY;
  return {
    alarms: [
      ...(serverless ? [atEnd] : [busy(of), ...(memory === undefined ? [] : [scarce(of, memory)])]),
      ...(memory === undefined ? [] : [crowded(of, Math.min(most, auroraConnections(memory)))]),
      ...(readers > 0 ? [behind] : []),
    ],
    graphs: [{ title: "Queries", metrics: [of("Queries", "Average"), of("CommitLatency", "Average")] }],
  };
}

type Of = (name: string, statistic: string) => Metric;
const about =
  (dimensions: Metric["dimensions"]): Of =>
  (name, statistic) => ({ namespace: "AWS/RDS", name, dimensions, statistic });

/** RDS reports every minute as long as the database runs: this alarm is also the one that says that it does not. */
const busy = (of: Of): AlarmPlan => ({
  key: "cpu",
  title: "CPU, in percent",
  says: "The database uses more than 90 % of the CPU, or has stopped reporting.",
  repair:
    "Look at Performance Insights or the slow log; take a larger class if it is the load, start it if it is stopped.",
  of: of("CPUUtilization", "Maximum"),
  ...{ comparison: "above", threshold: 90, ...quarterHour, silence: "alarm" },
});

const scarce = (of: Of, memory: number): AlarmPlan => ({
  key: "memory",
  title: "Free memory, in bytes",
  says: "Less than 5 % of the memory is free: soon the database swaps, and everything takes long.",
  repair: "Take a larger class, or let the application hold fewer connections.",
  of: of("FreeableMemory", "Average"),
  ...{ comparison: "below", threshold: Math.round(0.05 * memory), ...quarterHour, silence: "fine" },
});

/** 80 % of the engine's own limit. */
const crowded = (of: Of, most: number): AlarmPlan => ({
  key: "connections",
  title: "Connections",
  says: `More than 80 % of the connections are taken that the engine allows with this memory, about ${Math.floor(most)}.`,
  repair: "Count tasks times connections of each; a proxy or a larger class makes room, idle ones have to be closed.",
  of: of("DatabaseConnections", "Maximum"),
  ...{ comparison: "above", threshold: Math.floor(0.8 * most), ...quarterHour, silence: "fine" },
});

/** Classes of RDS have the sizes of the machines they are named after. */
function memoryOf(instanceClass: string): number | undefined {
  const type = machineType(instanceClass.replace(/^db\./, ""));
  return type && type.memoryMib * 1024 * 1024;
}

/** What RDS keeps of the memory for itself before it counts, about: its formulas mean what is left. */
const own = 0.93;

/** `max_connections` of RDS's default parameter groups. */
export function connectionsOf(engine: "mysql" | "postgres", memory: number): number {
  return engine === "mysql" ? (own * memory) / 12_582_880 : Math.min((own * memory) / 9_531_392, 5000);
}

/** `max_connections` of Aurora MySQL's default parameter groups: by the logarithm of the memory. */
export function auroraConnections(memory: number): number {
  return Math.max(45 * Math.log2(memory / 805_306_368), 1000 * Math.log2((own * memory) / 8_187_281_408), 16);
}
