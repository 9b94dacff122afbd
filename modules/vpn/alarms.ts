import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { VpnTunnel } from "./props";

interface VpnAlarmsProps {
  readonly name: string;
  readonly topicArn: string;
  readonly tunnels: readonly VpnTunnel[];
}

const metric = { namespace: "AWS/VPN", metricName: "TunnelState", period: 300 };

/**
 * Three grades of the same thing, over fifteen minutes. `TunnelState` is 1 while a tunnel is up and below while it is not. No
 * data is no tunnel. A tunnel that AWS renews is down for minutes, hence the maximum of each five and three of them.
 */
export class VpnAlarms extends Construct {
  constructor(scope: Construct, id: string, { name, topicArn, tunnels }: VpnAlarmsProps) {
    super(scope, id);
    const common = {
      ...{ comparisonOperator: "LessThanThreshold", threshold: 1, evaluationPeriods: 3, datapointsToAlarm: 3 },
      ...{ treatMissingData: "breaching", alarmActions: [topicArn], okActions: [topicArn] },
    };
    for (const { device, number, outsideAddress } of tunnels) {
      new CloudwatchMetricAlarm(this, `tunnel-${device}-${number}`, {
        ...common,
        alarmName: `${name}-vpn-${device}-tunnel-${number}-down`,
        alarmDescription: `Warning: tunnel ${number} to ${device} is down. The other tunnels carry the traffic; read the log of the connection before they are down as well.`,
        ...{ ...metric, statistic: "Maximum", dimensions: { TunnelIpAddress: outsideAddress } },
      });
    }
    /** One alarm on the best of several tunnels. */
    const together = (key: string, alarm: { name: string; description: string }, members: readonly VpnTunnel[]) => {
      const metrics = members.map(({ device, number, outsideAddress }) => ({
        id: `${device.replaceAll("-", "_")}_${number}`,
        metric: { ...metric, stat: "Maximum", dimensions: { TunnelIpAddress: outsideAddress } },
      }));
      const expression = `MAX([${metrics.map((one) => one.id).join(", ")}])`;
      new CloudwatchMetricAlarm(this, key, {
        ...common,
        alarmName: `${name}-vpn-${alarm.name}`,
        alarmDescription: alarm.description,
        metricQuery: [{ id: "best", expression, label: "Best tunnel", returnData: true }, ...metrics],
      });
    };
    for (const device of new Set(tunnels.map((tunnel) => tunnel.device))) {
      const description = `Major: both tunnels to ${device} are down. Only the other device is left: call those who look after the first.`;
      const members = tunnels.filter((tunnel) => tunnel.device === device);
      together(`connection-${device}`, { name: `${device}-down`, description }, members);
    }
    const description =
      "Critical: every tunnel is down. Nothing behind the VPN can be reached: call the other data centre.";
    together("everything", { name: "every-tunnel-down", description }, tunnels);
  }
}
