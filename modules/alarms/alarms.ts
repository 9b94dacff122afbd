import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { nameLimits, physicalName } from "../../src/core/names";
import type { AlarmPlan, Formula, Metric, Watchable } from "../../src/core/watched/watched";

export interface AlarmsProps {
  /** Name of the system and its environment, such as `shop-dev`: first part of the alarms' names. */
  readonly name: string;
  /** Topic that is told when something is wrong, and when it is right again. CloudWatch must be allowed to write there. */
  readonly topicArn: string;
  /** What is watched, by fixed words: parts of the alarms' addresses and names. */
  readonly watched: Readonly<Record<string, Watchable>>;
  /**
   * Provider of the region where CloudWatch has the metrics. The topic is there too: an alarm tells none of another region.
   * @default - the provider of the stack
   */
  readonly provider?: TerraformProvider;
}

const comparisons = {
  above: "GreaterThanThreshold",
  below: "LessThanThreshold",
  "at least": "GreaterThanOrEqualToThreshold",
} as const;

/**
 * Alarms of CloudWatch on everything that a stack has to watch. Each thing knows itself what is worth an alarm, and when: see
 * `src/core/watched`. The description of an alarm, which the message carries, says what to do.
 *
 * Each alarm costs by the month, one that compares two metrics twice as much. Adding or removing things adds and removes their
 * alarms only.
 */
export class Alarms extends Construct {
  /** By `<thing>-<kind>`, in the order given. Known only after apply. */
  readonly arns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { name, topicArn, watched, provider } = props;
    this.check(watched);
    const arns: Record<string, string> = {};
    for (const [thing, { watched: facts }] of Object.entries(watched)) {
      for (const plan of facts.alarms) {
        const key = `${thing}-${plan.key}`;
        arns[key] = new CloudwatchMetricAlarm(this, key, {
          alarmName: physicalName([name, key], nameLimits.alarm),
          alarmDescription: `${plan.says} ${plan.repair}`,
          ...measured(plan),
          comparisonOperator: comparisons[plan.comparison],
          threshold: plan.threshold,
          ...{ evaluationPeriods: plan.periods, datapointsToAlarm: plan.periods },
          treatMissingData: plan.silence === "alarm" ? "breaching" : "notBreaching",
          ...{ alarmActions: [topicArn], okActions: [topicArn] },
          provider,
        }).arn;
      }
    }
    this.arns = arns;
  }

  private check(watched: AlarmsProps["watched"]): void {
    for (const [thing, { watched: facts }] of Object.entries(watched)) {
      const keys = facts.alarms.map(({ key }) => `${thing}-${key}`);
      const [want, fix] = [
        "lower-case words joined by dashes, each once",
        "give each of several alike a word of its own",
      ];
      const wrong = keys.find((key, n) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(key) || keys.indexOf(key) !== n);
      if (wrong !== undefined) throw new InvalidProps(this, { prop: "watched", got: wrong, want, fix });
    }
  }
}

function measured({ of, period }: AlarmPlan) {
  if (!("metrics" in of)) {
    const { namespace, name: metricName, dimensions } = of;
    return { namespace, metricName, dimensions, period, ...statisticOf(of) };
  }
  const { expression, label, metrics }: Formula = of;
  return {
    metricQuery: [
      { id: "result", expression, label, returnData: true },
      ...Object.entries(metrics).map(([id, { namespace, name: metricName, dimensions, statistic: stat }]) => ({
        id,
        metric: { namespace, metricName, dimensions, stat, period },
      })),
    ],
  };
}

/** A percentile is another argument. */
const statisticOf = ({ statistic }: Metric) =>
  /^p\d/.test(statistic) ? { extendedStatistic: statistic } : { statistic };
