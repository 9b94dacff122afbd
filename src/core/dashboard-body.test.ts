import { array, assert, constantFrom, dictionary, integer, property, record, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { dashboardBody, type Widget } from "./dashboard-body";
import { watchedLoadBalancer } from "./watched/load-balancers";
import { watchedFleet } from "./watched/machines";
import type { Metric } from "./watched/watched";

const fleet = watchedFleet("shop", { min: 1, max: 4 });
// biome-ignore lint/suspicious/noExplicitAny: what CloudWatch reads is plain JSON
const propertiesOf = ({ properties }: Widget) => properties as Record<string, any>;

const metric = record({
  ...{ namespace: constantFrom("AWS/EC2", "AWS/RDS"), name: string(), statistic: constantFrom("Sum", "p95") },
  dimensions: dictionary(string(), string(), { maxKeys: 2 }),
});
const watched = record({
  alarms: array(
    record({
      ...{ key: string(), title: string(), says: string(), repair: string(), of: metric, threshold: integer() },
      comparison: constantFrom("above", "below", "at least"),
      ...{ period: constantFrom(60 as const, 300 as const), periods: integer({ min: 1, max: 9 }) },
      silence: constantFrom("fine", "alarm"),
    }),
    { maxLength: 8 },
  ),
  graphs: array(record({ title: string(), metrics: array(metric) as never as ReturnType<typeof array<Metric>> }), {
    maxLength: 8,
  }),
});

describe("the body of a dashboard", () => {
  it("has no two widgets in one place, and none outside the grid, whatever is watched (S2-W12)", () => {
    const content = record({ parts: dictionary(string(), watched, { maxKeys: 6 }), alarmArns: array(string()) });
    assert(
      property(content, ({ parts, alarmArns }) => {
        const { widgets } = dashboardBody({ region: "eu-west-1", alarmArns, parts });
        const taken = new Set<number>();
        let cells = 0;
        for (const { x, y, width, height } of widgets) {
          expect(x + width).toBeLessThanOrEqual(24);
          for (let column = x; column < x + width; column++) {
            for (let row = y; row < y + height; row++) {
              taken.add(24 * row + column);
              cells++;
            }
          }
        }
        expect(taken.size).toBe(cells);
        const things = Object.values(parts).flatMap((part) => [...part.alarms, ...part.graphs]);
        expect(widgets.filter(({ type }) => type === "metric")).toHaveLength(things.length);
      }),
    );
  });

  it("draws what another region has as that region has it", () => {
    const { widgets } = dashboardBody({
      region: "eu-west-1",
      parts: { near: fleet, far: { ...fleet, region: "us-east-1" } },
    });
    const regions = widgets.filter(({ type }) => type === "metric").map((widget) => propertiesOf(widget).region);
    expect(regions).toEqual([...fleet.alarms.map(() => "eu-west-1"), ...fleet.alarms.map(() => "us-east-1")]);
  });

  it("puts three graphs beside each other, under the title of their part", () => {
    const { widgets } = dashboardBody({ region: "eu-west-1", parts: { Machines: fleet } });
    expect(widgets.map(({ type, x, y, width, height }) => [type, x, y, width, height])).toEqual([
      ["text", 0, 0, 24, 1],
      ["metric", 0, 1, 8, 6],
      ["metric", 8, 1, 8, 6],
      ["metric", 16, 1, 8, 6],
    ]);
    expect(propertiesOf(widgets[0]!).markdown).toBe("## Machines");
  });

  it("draws the line at which an alarm rings, on the side where it does", () => {
    const { widgets } = dashboardBody({ region: "eu-west-1", parts: { Machines: fleet } });
    const lines = widgets.slice(1).map((widget) => propertiesOf(widget).annotations.horizontal);
    expect(lines).toEqual([
      [{ label: "alarm", value: 0, fill: "above" }],
      [{ label: "alarm", value: 4, fill: "above" }],
      [{ label: "alarm", value: 90, fill: "above" }],
    ]);
  });

  it("computes what the alarm computes, and hides what it is computed of", () => {
    const { widgets } = dashboardBody({ region: "eu-west-1", parts: { Entrance: watchedLoadBalancer("app/shop/1") } });
    const [, errors] = widgets;
    expect(propertiesOf(errors!).metrics).toEqual([
      [{ id: "result", expression: "IF(errors > 10, 100 * errors / requests, 0)", label: "Errors in percent" }],
      [
        ...["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "LoadBalancer", "app/shop/1"],
        { stat: "Sum", id: "errors", visible: false },
      ],
      [
        ...["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "app/shop/1"],
        { stat: "Sum", id: "requests", visible: false },
      ],
    ]);
  });

  it("shows the state of every alarm first, and leaves out parts without a metric", () => {
    const parts = { Nothing: { alarms: [], graphs: [] } };
    const { widgets } = dashboardBody({ region: "eu-west-1", alarmArns: ["arn:1", "arn:2"], parts });
    expect(widgets).toHaveLength(1);
    expect(widgets[0]).toMatchObject({ type: "alarm", y: 0, width: 24, properties: { alarms: ["arn:1", "arn:2"] } });
  });

  it("leaves nothing for Terraform to evaluate in a title", () => {
    const { widgets } = dashboardBody({ region: "eu-west-1", parts: { "${x}": fleet } });
    expect(propertiesOf(widgets[0]!).markdown).toBe("## $${x}");
  });
});
