/** One metric of CloudWatch, as one number per period. */
export interface Metric {
  /** Such as `AWS/RDS`. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Average`, `Sum`, `Minimum`, `Maximum`, or a percentile such as `p95`. */
  readonly statistic: string;
}

/** Several metrics as one number. The names of the metrics are those of the expression. */
export interface Formula {
  readonly expression: string;
  /** What the number is, for a legend. */
  readonly label: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

/**
 * When somebody is told. An alarm has to be worth getting up for: each is about something that visitors feel or soon will, lasts
 * for longer than what heals itself, and says what to do.
 */
export interface AlarmPlan {
  /** Fixed word: part of the alarm's name and address. */
  readonly key: string;
  /** What is measured, for a graph. */
  readonly title: string;
  /** What is so, as a sentence. */
  readonly says: string;
  /** What to do about it, as a sentence. */
  readonly repair: string;
  readonly of: Metric | Formula;
  readonly comparison: "above" | "below" | "at least";
  readonly threshold: number;
  /** Seconds of one period, and how many in a row must be beyond the threshold. */
  readonly period: 60 | 300 | 86_400;
  readonly periods: number;
  /** What silence means: `fine` where nothing happens when nobody asks, `alarm` where only what is dead says nothing. */
  readonly silence: "fine" | "alarm";
}

/** What is drawn beside the alarms, for whoever looks for a reason. */
export interface GraphPlan {
  readonly title: string;
  readonly metrics: readonly Metric[];
}

/** What there is to watch of a thing. */
export interface Watched {
  readonly alarms: readonly AlarmPlan[];
  readonly graphs: readonly GraphPlan[];
  /**
   * Region where CloudWatch has it.
   * @default - the stack's
   */
  readonly region?: string;
}

/** Something that knows what there is to watch of it. */
export interface Watchable {
  readonly watched: Watched;
}

/** One thing made of several in one region, such as an entrance and the machines behind it. The keys of their alarms differ. */
export function together(...parts: readonly Watched[]): Watched {
  const region = parts[0]?.region;
  return { region, alarms: parts.flatMap(({ alarms }) => alarms), graphs: parts.flatMap(({ graphs }) => graphs) };
}

/** The same with longer keys, for one of several alike. */
export function eachAs(prefix: string, { alarms, graphs, region }: Watched): Watched {
  return { alarms: alarms.map((alarm) => ({ ...alarm, key: `${prefix}-${alarm.key}` })), graphs, region };
}

/** The same, of a thing that is in another region. */
export const inRegion = (region: string, watched: Watched): Watched => ({ ...watched, region });

/** What is drawn of a thing that is watched elsewhere. */
export function onlyShown({ alarms, graphs, region }: Watched): Watched {
  return { region, alarms: [], graphs: [...alarms.map(graphOf), ...graphs] };
}

/** The metrics of an alarm as a graph of their own. */
export function graphOf({ title, of }: AlarmPlan): GraphPlan {
  return { title, metrics: "metrics" in of ? Object.values(of.metrics) : [of] };
}

/** A quarter of an hour in a row: longer than a deployment of one task, a failover or a machine that is replaced takes. */
export const quarterHour = { period: 300, periods: 3 } as const;
/** Ten minutes in a row: for what visitors feel already. */
export const tenMinutes = { period: 300, periods: 2 } as const;
