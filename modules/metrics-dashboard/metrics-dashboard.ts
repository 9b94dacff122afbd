import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { dashboardBody } from "../../src/core/dashboard-body";
import { InvalidProps } from "../../src/core/invalid-props";
import { nameLimits, physicalName } from "../../src/core/names";
import type { Watchable } from "../../src/core/watched/watched";

export interface MetricsDashboardProps {
  /** Name of the system and its environment, such as `shop-dev`: the dashboard's name. */
  readonly name: string;
  /** Region of what is shown. The dashboard itself can be seen from every region. */
  readonly region: string;
  /** What is shown, by the title of its part, from the top down. */
  readonly watched: Readonly<Record<string, Watchable>>;
  /**
   * Alarms whose state is shown above everything else.
   * @default - none
   */
  readonly alarmArns?: readonly string[];
}

/**
 * A dashboard of CloudWatch with everything that a system has to watch: a graph for each alarm with the line at which it rings, and
 * others that help to find a reason. AWS bills dashboards by the month; the account's first three cost nothing.
 */
export class MetricsDashboard extends Construct {
  /** As in the console. */
  readonly dashboardName: string;

  constructor(scope: Construct, id: string, props: MetricsDashboardProps) {
    super(scope, id);
    const { name, region, watched, alarmArns } = props;
    const parts = Object.fromEntries(Object.entries(watched).map(([title, { watched: facts }]) => [title, facts]));
    const body = dashboardBody({ region, alarmArns, parts });
    if (body.widgets.length === 0) {
      const [want, fix] = ["something that has a metric", "name what the stack consists of"];
      throw new InvalidProps(this, { prop: "watched", got: Object.keys(watched), want, fix });
    }
    this.dashboardName = physicalName([name], nameLimits.dashboard);
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: this.dashboardName,
      dashboardBody: JSON.stringify(body),
    });
  }
}
