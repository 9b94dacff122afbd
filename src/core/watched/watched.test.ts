import { describe, expect, it } from "vitest";
import { watchedCache } from "./caches";
import { auroraConnections, connectionsOf, watchedAurora, watchedDatabase } from "./databases";
import { watchedLoadBalancer, watchedTargets } from "./load-balancers";
import { watchedFleet, watchedMachine, watchedSlot } from "./machines";
import { watchedNat, watchedTunnels } from "./network";
import { watchedRule, watchedService } from "./services";
import { eachAs, onlyShown, together, type Watched } from "./watched";

const gib = 1024 ** 3;
const service = { cluster: "shop-dev", service: "shop-dev-web", cpu: 256, counted: true };
const rds = { identifier: "shop", engine: "mysql", instanceClass: "db.m7g.large", storageGib: 100 } as const;
const aurora = { identifier: "shop", capacity: { serverless: { minAcu: 0.5, maxAcu: 8 } }, readers: 1 };

const everything: [what: string, watched: Watched][] = [
  ["a load balancer", watchedLoadBalancer("app/shop/1")],
  ["its targets", watchedTargets("targetgroup/shop/1", "app/shop/1")],
  ["a service", watchedService(service)],
  ["a fleet", watchedFleet("shop", { min: 1, max: 4 })],
  ["a slot", watchedSlot("shop-puppet")],
  ["a machine", watchedMachine("i-1")],
  ["an RDS instance", watchedDatabase(rds)],
  ["an Aurora cluster", watchedAurora(aurora)],
  ["an Aurora cluster of fixed members", watchedAurora({ ...aurora, capacity: { instanceClass: "db.r7g.large" } })],
  ["a NAT gateway", watchedNat("nat-1")],
  ["a rule of EventBridge", watchedRule("shop", "the deployment")],
];

const keys = ({ alarms }: Watched) => alarms.map(({ key }) => key);
const one = ({ alarms }: Watched, key: string) => alarms.find((alarm) => alarm.key === key)!;

describe.each(everything)("the alarms of %s (S2-W12, S3-W10)", (_, { alarms }) => {
  it("have different keys, and say what is wrong and what to do, each in a sentence", () => {
    expect(new Set(alarms.map(({ key }) => key)).size).toBe(alarms.length);
    for (const { says, repair } of alarms) expect(`${says} ${repair}`).toMatch(/^[A-Z].{20,}\. [A-Z].{20,}\.$/);
  });

  it("fit into what CloudWatch takes: a day of periods, and a description of 1024 characters", () => {
    for (const { says, repair, period, periods } of alarms) {
      expect(period * periods).toBeLessThanOrEqual(86_400);
      expect(says.length + repair.length).toBeLessThan(1024);
    }
  });

  it("name every metric of their expression, in letters that CloudWatch takes", () => {
    for (const { of } of alarms) {
      if (!("metrics" in of)) continue;
      const words = of.expression.match(/[a-z]\w*/g) ?? [];
      expect([...new Set(words)].sort()).toEqual(Object.keys(of.metrics).sort());
    }
  });
});

describe("what there is to watch", () => {
  it("of a service whose CPU units mean nothing is its memory and its number only (S2-08)", () => {
    expect(keys(watchedService({ ...service, cpu: 10 }))).toEqual(["missing", "memory"]);
    expect(keys(watchedService({ ...service, cpu: 128 }))).toEqual(["missing", "cpu", "memory"]);
  });

  it("of a service that nobody counts is not its number", () => {
    expect(keys(watchedService({ ...service, counted: false }))).toEqual(["cpu", "memory"]);
  });

  it("of a group that cannot grow is not that it is at its end", () => {
    expect(keys(watchedFleet("shop", { min: 3, max: 3 }))).toEqual(["missing", "cpu"]);
    expect(one(watchedFleet("shop", { min: 1, max: 4 }), "at-end")).toMatchObject({
      comparison: "at least",
      threshold: 4,
    });
  });

  it("of a machine that nobody brings back includes that it says nothing; of a group, the group says so", () => {
    expect(one(watchedMachine("i-1"), "status").silence).toBe("alarm");
    expect([one(watchedSlot("s"), "status").silence, one(watchedSlot("s"), "missing").silence]).toEqual([
      "fine",
      "alarm",
    ]);
  });

  it("of a database is a tenth of its storage, or half of that where RDS makes room by itself at a tenth", () => {
    expect(one(watchedDatabase(rds), "storage").threshold).toBe(10 * gib);
    expect(one(watchedDatabase({ ...rds, maxStorageGib: 500 }), "storage").threshold).toBe(5 * gib);
  });

  it("of a database of an unknown class is nothing that depends on its memory", () => {
    expect(keys(watchedDatabase({ ...rds, instanceClass: "db.x9z.large" }))).toEqual(["cpu", "storage"]);
    expect(keys(watchedDatabase(rds))).toEqual(["cpu", "storage", "memory", "connections"]);
    expect(one(watchedDatabase(rds), "memory").threshold).toBe(Math.round(0.05 * 8 * gib));
  });

  it("of Aurora is its capacity where it follows the load, its CPU and memory otherwise, and its lag where somebody reads", () => {
    expect(keys(watchedAurora(aurora))).toEqual(["at-end", "connections", "lag"]);
    expect(keys(watchedAurora({ ...aurora, capacity: { instanceClass: "db.r7g.large" }, readers: 0 }))).toEqual([
      ...["cpu", "memory", "connections"],
    ]);
  });

  it.each([
    ["mysql", 1, 79],
    ["mysql", 8, 634],
    ["postgres", 1, 104],
    ["postgres", 64, 5000],
  ] as const)("of the connections of %s with %i GiB is about what RDS allows: %i", (engine, memory, most) => {
    expect(Math.floor(connectionsOf(engine, memory * gib))).toBe(most);
  });

  it.each([
    [4, 90, 110],
    [16, 890, 1010],
    [32, 1890, 2010],
  ])("of the connections of Aurora with %i GiB is about what AWS's table says: %i to %i", (memory, least, most) => {
    expect(auroraConnections(memory * gib)).toBeGreaterThan(least);
    expect(auroraConnections(memory * gib)).toBeLessThan(most);
  });

  it("of an Aurora that may nearly stop are at most the 2000 connections that it then allows", () => {
    const large = (minAcu: number) =>
      one(watchedAurora({ ...aurora, capacity: { serverless: { minAcu, maxAcu: 128 } } }), "connections").threshold;
    expect([large(0.5), large(1) > 1600]).toEqual([1600, true]);
  });

  it("of caches and tunnels is drawn only: they ring by themselves", () => {
    const [cache, vpn] = [watchedCache(["shop-001", "shop-002"]), watchedTunnels(["203.0.113.1"])];
    expect([...cache.alarms, ...vpn.alarms]).toEqual([]);
    expect(cache.graphs[0]?.metrics.map(({ dimensions }) => dimensions.CacheClusterId)).toEqual([
      "shop-001",
      "shop-002",
    ]);
  });
});

describe("several of them", () => {
  const machine = watchedMachine("i-1");
  it("are one thing together, under keys of their own", () => {
    expect(keys(together(eachAs("machine-1", machine), eachAs("machine-2", machine)))).toEqual([
      ...["machine-1-status", "machine-1-cpu", "machine-2-status", "machine-2-cpu"],
    ]);
  });

  it("are drawn without ringing, where another stack watches them", () => {
    const { alarms, graphs } = onlyShown(watchedLoadBalancer("app/shop/1"));
    expect([alarms.length, graphs.length]).toEqual([0, 4]);
  });
});
