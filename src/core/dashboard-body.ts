import { literal } from "./literal";
import type { AlarmPlan, GraphPlan, Metric, Watched } from "./watched/watched";

/** Columns of CloudWatch's grid, and what a graph takes of it. */
const columns = 24;
const graph = { width: 8, height: 6 } as const;
const headingHeight = 1;
/** Rows of alarms beside each other, four to a row of the widget. */
const alarmsPerRow = 4;

export interface DashboardContent {
  readonly region: string;
  /** ARNs of alarms whose state is shown above everything else. */
  readonly alarmArns?: readonly string[];
  /** What is drawn, by the title of its part. */
  readonly parts: Readonly<Record<string, Watched>>;
}

/** One thing on a dashboard. Its place is counted in columns and rows, from the top left. */
export interface Widget {
  readonly type: "alarm" | "text" | "metric";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: object;
}

type Unplaced = Omit<Widget, "x" | "y">;

/**
 * The body of a CloudWatch dashboard: first the state of all alarms, then a part for each thing that is watched, with a graph for each
 * alarm, where a line shows when it rings, and those that help to find a reason.
 */
export function dashboardBody({ region, alarmArns = [], parts }: DashboardContent): { widgets: Widget[] } {
  const rows: Unplaced[][] = [];
  if (alarmArns.length > 0) rows.push([alarmsWidget(alarmArns)]);
  for (const [title, { alarms, graphs, region: place = region }] of Object.entries(parts)) {
    const drawn = [
      ...alarms.map((alarm) => alarmGraph(alarm, place)),
      ...graphs.map((plan) => plainGraph(plan, place)),
    ];
    if (drawn.length === 0) continue;
    rows.push([heading(title)]);
    const perRow = columns / graph.width;
    for (let first = 0; first < drawn.length; first += perRow) rows.push(drawn.slice(first, first + perRow));
  }
  return { widgets: placed(rows) };
}

function placed(rows: readonly Unplaced[][]): Widget[] {
  let y = 0;
  return rows.flatMap((row) => {
    let x = 0;
    const widgets = row.map((widget) => {
      const at = { ...widget, x, y };
      x += widget.width;
      return at;
    });
    y += Math.max(...row.map(({ height }) => height));
    return widgets;
  });
}

const alarmsWidget = (alarms: readonly string[]): Unplaced => ({
  type: "alarm",
  ...{ width: columns, height: 1 + Math.ceil(alarms.length / alarmsPerRow) },
  properties: { title: "Alarms", alarms, sortBy: "stateUpdatedTimestamp" },
});

const heading = (title: string): Unplaced => ({
  type: "text",
  ...{ width: columns, height: headingHeight },
  properties: { markdown: `## ${literal(title)}` },
});

function alarmGraph(alarm: AlarmPlan, region: string): Unplaced {
  const { title, of, threshold, comparison, period } = alarm;
  const fill = comparison === "below" ? "below" : "above";
  const annotations = { horizontal: [{ label: "alarm", value: threshold, fill }] };
  const metrics =
    "metrics" in of
      ? [
          [{ id: "result", expression: of.expression, label: of.label }],
          ...Object.entries(of.metrics).map(([id, metric]) => [
            ...line(metric),
            { ...drawn(metric), id, visible: false },
          ]),
        ]
      : [[...line(of), drawn(of)]];
  return metricWidget(title, region, { metrics, annotations, period });
}

const plainGraph = ({ title, metrics }: GraphPlan, region: string): Unplaced =>
  metricWidget(title, region, { metrics: metrics.map((metric) => [...line(metric), drawn(metric)]), period: 300 });

function metricWidget(title: string, region: string, more: object): Unplaced {
  return {
    type: "metric",
    ...graph,
    properties: {
      title: literal(title),
      region,
      view: "timeSeries",
      stacked: false,
      yAxis: { left: { min: 0 } },
      ...more,
    },
  };
}

const line = ({ namespace, name, dimensions }: Metric): string[] => [
  namespace,
  name,
  ...Object.entries(dimensions).flat(),
];
const drawn = ({ statistic }: Metric) => ({ stat: statistic });
