import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { describe, expect, it } from "vitest";
import { watchedDistribution } from "../../src/core/watched/edges";
import { watchedLoadBalancer, watchedTargets } from "../../src/core/watched/load-balancers";
import { eachAs, together, type Watchable, type Watched } from "../../src/core/watched/watched";
import { synthesize } from "../../src/testing/synthesize";
import { Alarms } from ".";

const topicArn = "arn:aws:sns:eu-west-1:111122223333:on-call";
const alarms = (watched: Record<string, Watchable>) =>
  synthesize((stack) => new Alarms(stack, "alarms", { name: "shop-dev", topicArn, watched }));
const made = (facts: Watched) => alarms({ entrance: { watched: facts } }).all(CloudwatchMetricAlarm);
const named = (facts: Watched, name: string) => made(facts).find(({ alarm_name }) => alarm_name === name)!;

const entrance = watchedLoadBalancer("app/shop/1");
const targets = watchedTargets("targetgroup/shop/1", "app/shop/1");

describe("alarms", () => {
  it("tell one topic of everything, when it begins and when it ends (S2-W12, S3-W16)", () => {
    const all = made(together(entrance, targets));
    expect(all).toHaveLength(5);
    for (const one of all) expect(one).toMatchObject({ alarm_actions: [topicArn], ok_actions: [topicArn] });
  });

  it("say what is wrong and what to do about it", () => {
    for (const { alarm_description } of made(together(entrance, targets))) {
      expect(alarm_description).toMatch(/^[A-Z].*\. [A-Z].*\.$/s);
      expect(alarm_description.length).toBeLessThanOrEqual(1024);
    }
  });

  it("compare one metric with a number", () => {
    expect(named(entrance, "shop-dev-entrance-refused")).toMatchObject({
      ...{ namespace: "AWS/ApplicationELB", metric_name: "HTTPCode_ELB_5XX_Count", statistic: "Sum", period: 300 },
      ...{ dimensions: { LoadBalancer: "app/shop/1" }, comparison_operator: "GreaterThanThreshold", threshold: 10 },
      ...{ evaluation_periods: 2, datapoints_to_alarm: 2 },
    });
  });

  it("take a percentile by the argument that knows it", () => {
    const slow = named(entrance, "shop-dev-entrance-slow");
    expect(slow).toMatchObject({ extended_statistic: "p95", threshold: 3 });
    expect(slow).not.toHaveProperty("statistic");
  });

  it("compare what is computed of several metrics, of which only the result rings", () => {
    const errors = named(entrance, "shop-dev-entrance-errors");
    expect(errors).not.toHaveProperty("metric_name");
    expect(errors.metric_query.map((query: Record<string, unknown>) => [query.id, query.return_data])).toEqual([
      ["result", true],
      ["errors", undefined],
      ["requests", undefined],
    ]);
    expect(errors.metric_query[1].metric).toEqual({
      ...{ namespace: "AWS/ApplicationELB", metric_name: "HTTPCode_Target_5XX_Count", stat: "Sum", period: 300 },
      dimensions: { LoadBalancer: "app/shop/1" },
    });
  });

  it("take silence for trouble only where the dead say nothing", () => {
    const silence = (name: string) => named(targets, `shop-dev-entrance-${name}`).treat_missing_data;
    expect([silence("unhealthy"), silence("nobody")]).toEqual(["notBreaching", "breaching"]);
  });

  it("name what is known only after apply", () => {
    const { one } = synthesize((stack) => {
      const { arnSuffix } = new Lb(stack, "lb", {});
      const { alarms: all, graphs } = watchedLoadBalancer(arnSuffix);
      const watched = { alarms: all.filter(({ key }) => key === "slow"), graphs };
      new Alarms(stack, "alarms", { name: "shop-dev", topicArn, watched: { entrance: { watched } } });
    });
    expect(one(CloudwatchMetricAlarm).dimensions.LoadBalancer).toMatch(/^\$\{aws_lb\.lb\.arn_suffix\}$/);
  });

  it("are in the region of another provider, where one is named", () => {
    const { all } = synthesize((stack) => {
      const provider = new AwsProvider(stack, "far", { region: "us-east-1", alias: "far" });
      const watched = { edge: { watched: watchedDistribution("E1") } };
      new Alarms(stack, "alarms", { name: "shop-dev", topicArn, watched, provider });
    });
    expect(all(CloudwatchMetricAlarm).map(({ provider }) => provider)).toEqual(["aws.far"]);
  });

  it("stay at their addresses when something else is watched as well", () => {
    const one = alarms({ entrance: { watched: entrance } }).addresses();
    const more = alarms({ inner: { watched: entrance }, entrance: { watched: entrance } }).addresses();
    expect(more).toEqual(expect.arrayContaining(one));
  });

  it("refuse two of one name", () => {
    expect(() => made(together(entrance, entrance))).toThrow("test/alarms: watched must be lower-case words");
    expect(made(together(eachAs("first", entrance), eachAs("second", entrance)))).toHaveLength(6);
  });

  it("refuse a word that cannot be part of an address", () => {
    expect(() => alarms({ "Main entrance": { watched: entrance } })).toThrow('got "Main entrance-errors"');
  });
});
