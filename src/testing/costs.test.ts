import { describe, expect, it } from "vitest";
import { inventory } from "../report";
import { bills } from "../report/costs";
import { everyStack } from "./every-stack";
import { typesInUse } from "./types-in-use";

const stacks = everyStack();
const docker = ["docker_container", "docker_image", "docker_network", "docker_volume"];

describe("what is paid for", () => {
  it.each([...typesInUse, ...docker])("is said of %s: always, by use, or nothing", (type) =>
    expect(bills).toHaveProperty([type]));

  it("is said of no type that nothing of ours makes", () => {
    const made = [...typesInUse, ...docker];
    expect(Object.keys(bills).filter((type) => !made.includes(type))).toEqual([]);
  });

  it("is known of every stack of ours", () => {
    expect(inventory(stacks).unclassified).toEqual([]);
  });

  it("has numbers of everything that is there", () => {
    const odd = inventory(stacks).running.filter(({ least, most }) => !(least >= 0 && most >= least && most < 1e5));
    expect(odd).toEqual([]);
  });
});

describe("wordpress in production", () => {
  const own = stacks.filter(({ name }) => /^wordpress-(platform|service)-production$/.test(name));
  const { systems } = inventory(own);
  const counted = (what: string, detail?: string) =>
    systems[0]!.running
      .filter((line) => line.what === what && (detail === undefined || line.detail.startsWith(detail)))
      .map(({ least, most, per }) => [least, most, per]);

  it("is one system of two stacks", () => {
    expect(systems.map(({ name, stacks: names }) => [name, names])).toEqual([
      ["wordpress", ["wordpress-platform-production", "wordpress-service-production"]],
    ]);
  });

  // Counted by hand from environments/production.yaml: three zones, three to twelve machines with 30 GiB, a database with a standby.
  it.each<[string, string, number, number, string]>([
    ["NAT gateway", "", 3, 3, "hour"],
    ["public IPv4 address", "Elastic IP", 3, 3, "hour"],
    ["load balancer", "application, internal", 1, 1, "hour"],
    ["machine", "m7i.large", 3, 12, "hour"],
    ["GiB of volume", "gp3, of machines", 90, 360, "month"],
    ["database", "db.m7g.large", 2, 2, "hour"],
    ["GiB of database storage", "gp3", 200, 1000, "month"],
    ["database proxy", "", 1, 1, "hour"],
    ["interface endpoint address", "", 12, 12, "hour"],
    ["search node", "t3.small.search", 2, 2, "hour"],
    ["GiB of search storage", "gp3", 40, 40, "month"],
    ["web ACL", "", 1, 1, "month"],
    ["rule of a web ACL", "", 9, 9, "month"],
    ["secret", "of a database", 1, 1, "month"],
    ["dashboard", "", 1, 1, "month"],
  ])("pays for each %s %s: %i to %i per %s", (what, detail, least, most, per) => {
    expect(counted(what, detail)).toEqual([[least, most, per]]);
  });

  it("pays for an alarm by the metrics that it looks at", () => {
    const alarms = own.flatMap(({ document }) =>
      Object.values(
        (document as { resource: Record<string, Record<string, { metric_query?: { metric?: object }[] }>> }).resource
          .aws_cloudwatch_metric_alarm ?? {},
      ),
    );
    const metrics = alarms.map(({ metric_query = [] }) => metric_query.filter(({ metric }) => metric).length || 1);
    const sum = metrics.reduce((all, one) => all + one, 0);
    expect(sum).toBeGreaterThan(alarms.length);
    expect(counted("alarm metric")).toEqual([[sum, sum, "month"]]);
  });
});
