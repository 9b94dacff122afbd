import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { describe, expect, it } from "vitest";
import { watchedLoadBalancer } from "../../src/core/watched/load-balancers";
import { synthesize } from "../../src/testing/synthesize";
import { MetricsDashboard } from ".";

describe("a dashboard of metrics", () => {
  it("shows what is watched, of the things that Terraform makes (S2-W12, S3-W10)", () => {
    const { one } = synthesize((stack) => {
      const entrance = { watched: watchedLoadBalancer(new Lb(stack, "lb", {}).arnSuffix) };
      const alarmArns = ["arn:aws:cloudwatch:eu-west-1:111122223333:alarm:shop-dev-entrance-slow"];
      new MetricsDashboard(stack, "page", { name: "shop-dev", region: "eu-west-1", watched: { entrance }, alarmArns });
    });
    const { dashboard_name, dashboard_body } = one(CloudwatchDashboard);
    expect(dashboard_name).toBe("shop-dev");
    const { widgets } = JSON.parse(dashboard_body);
    expect(widgets.map(({ type }: { type: string }) => type)).toEqual([
      ...["alarm", "text", "metric", "metric", "metric", "metric"],
    ]);
    expect(widgets.at(-1).properties.metrics[0]).toEqual([
      ...["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "${aws_lb.lb.arn_suffix}", { stat: "Sum" }],
    ]);
  });

  it("refuses to be empty", () => {
    const nothing = { watched: { alarms: [], graphs: [] } };
    const empty = () =>
      synthesize((stack) => {
        new MetricsDashboard(stack, "page", { name: "shop-dev", region: "eu-west-1", watched: { nothing } });
      });
    expect(empty).toThrow('test/page: watched must be something that has a metric, got ["nothing"]');
  });
});
