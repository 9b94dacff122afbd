import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

interface CacheAlarmsProps {
  readonly name: string;
  readonly nodes: number;
  readonly topicArn: string;
}

/** What is watched on every node, over five minutes, three times in a row. */
const watched = {
  behind: {
    metricName: "ReplicationLag",
    threshold: 30,
    description:
      "is more than 30 seconds behind the primary: a failover would lose that much. See whether the primary writes more than a replica can take.",
  },
  busy: {
    metricName: "EngineCPUUtilization",
    threshold: 90,
    description:
      "has an engine that is busy for more than 90 % of the time. It is one thread: take a larger node type.",
  },
  full: {
    metricName: "DatabaseMemoryUsagePercentage",
    threshold: 80,
    description:
      "has used more than 80 % of its memory. Soon keys are evicted or writes refused: let keys expire, or take a larger node type.",
  },
} as const;

const nodeNumbers = (nodes: number) => Array.from({ length: nodes }, (_, index) => `${index + 1}`.padStart(3, "0"));

/** What AWS calls the nodes of a cache that it makes. */
export const nodeNames = (name: string, nodes: number) => nodeNumbers(nodes).map((number) => `${name}-${number}`);

/**
 * Alarms on each node, by the number that AWS gives it: any of them may be the primary after a failover.
 *
 * AWS numbers the nodes from 001 on when it makes the cache, and only that is known here. Where somebody takes a replica away
 * and adds one by hand, the new one may get the next number, and its alarms are those of a node that is gone: they stay quiet.
 */
export class CacheAlarms extends Construct {
  constructor(scope: Construct, id: string, { name, nodes, topicArn }: CacheAlarmsProps) {
    super(scope, id);
    const numbers = nodeNumbers(nodes);
    for (const [kind, { metricName, threshold, description }] of Object.entries(watched)) {
      for (const number of numbers) {
        new CloudwatchMetricAlarm(this, `${kind}-${number}`, {
          alarmName: `${name}-${number}-${kind}`,
          alarmDescription: `Node ${number} of the cache ${name} ${description}`,
          ...{ namespace: "AWS/ElastiCache", metricName, dimensions: { CacheClusterId: `${name}-${number}` } },
          ...{ statistic: "Average", period: 300, evaluationPeriods: 3, datapointsToAlarm: 3 },
          ...{ comparisonOperator: "GreaterThanThreshold", threshold },
          // A primary has no lag, and a node that is being replaced has nothing to say: failovers are events.
          ...{ treatMissingData: "notBreaching", alarmActions: [topicArn], okActions: [topicArn] },
        });
      }
    }
  }
}
