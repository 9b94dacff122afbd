import { describe, expect, it } from "vitest";
import { watchedVault } from "./backups";
import { watchedCache } from "./caches";
import { watchedProxy } from "./database-proxies";
import { auroraConnections, connectionsOf, watchedAurora, watchedDatabase } from "./databases";
import { watchedCertificate, watchedDistribution, watchedWebAcl } from "./edges";
import { watchedFileSystem } from "./file-systems";
import { watchedLoadBalancer, watchedTargets } from "./load-balancers";
import { watchedFleet, watchedMachine, watchedSlot } from "./machines";
import { watchedNat, watchedTunnels } from "./network";
import { watchedSearch } from "./searches";
import { watchedRule, watchedService } from "./services";
import { eachAs, inRegion, onlyShown, together, type Watched } from "./watched";

const gib = 1024 ** 3;
const service = { cluster: "shop-dev", service: "shop-dev-web", cpu: 256, counted: true };
const rds = { identifier: "shop", engine: "mysql", instanceClass: "db.m7g.large", storageGib: 100 } as const;
const search = { domain: "shop-logs", accountId: "111122223333", volumeGib: 20 };
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
  ["a file system", watchedFileSystem("fs-1")],
  ["an RDS Proxy", watchedProxy("shop")],
  ["a distribution", watchedDistribution("E1")],
  ["a web ACL", watchedWebAcl("shop", "eu-west-1")],
  ["a certificate", watchedCertificate("arn:aws:acm:eu-west-1:111122223333:certificate/1")],
  ["a search over logs", watchedSearch(search)],
  ["a vault of AWS Backup", watchedVault("shop-production", 3)],
  ["a rule of EventBridge", watchedRule("shop", "the deployment")],
];

const keys = ({ alarms }: Watched) => alarms.map(({ key }) => key);
const one = ({ alarms }: Watched, key: string) => alarms.find((alarm) => alarm.key === key)!;

describe.each(everything)("the alarms of %s (S2-W12, S3-W10)", (_, { alarms }) => {
  it("have different keys, and say what is wrong and what to do, each in a sentence", () => {
    expect(new Set(alarms.map(({ key }) => key)).size).toBe(alarms.length);
    for (const { says, repair } of alarms) expect(`${says} ${repair}`).toMatch(/^[A-Z].{20,}\. [A-Z].{20,}\.$/);
  });

  it("fit into what CloudWatch takes: a day of periods, a week of long ones, and a description of 1024 characters", () => {
    for (const { says, repair, period, periods } of alarms) {
      expect(period * periods).toBeLessThanOrEqual(period < 3600 ? 86_400 : 604_800);
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

  it("of files whose throughput follows the load are their two bounds, as there are no credits to run out of (S2-W03)", () => {
    const files = watchedFileSystem("fs-1");
    expect(keys(files)).toEqual(["operations", "throughput"]);
    expect(one(files, "throughput").of).toMatchObject({
      expression: "100 * metered / PERIOD(metered) / permitted",
      metrics: {
        metered: {
          namespace: "AWS/EFS",
          name: "MeteredIOBytes",
          statistic: "Sum",
          dimensions: { FileSystemId: "fs-1" },
        },
      },
    });
  });

  it("of a proxy is counted over all of its machines, and its database by the role that it has", () => {
    const proxy = watchedProxy("shop");
    expect(one(proxy, "unavailable").of).toMatchObject({
      name: "AvailabilityPercentage",
      dimensions: { ProxyName: "shop", TargetGroup: "default", TargetRole: "READ_WRITE" },
    });
    // Microseconds.
    expect(one(proxy, "waiting")).toMatchObject({ of: { name: "DatabaseConnectionsBorrowLatency" }, threshold: 1e6 });
    const { of } = one(proxy, "connections");
    expect("metrics" in of && Object.values(of.metrics).map(({ statistic }) => statistic)).toEqual(["Sum", "Sum"]);
  });

  it("of a distribution is in us-east-1, for all of the world (S2-W05)", () => {
    const { region, alarms, graphs } = watchedDistribution("E1");
    expect(region).toBe("us-east-1");
    const metrics = [...alarms.flatMap(({ of }) => ("metrics" in of ? Object.values(of.metrics) : [of]))];
    for (const { namespace, dimensions } of [...metrics, ...graphs.flatMap((graph) => graph.metrics)]) {
      expect([namespace, dimensions]).toEqual(["AWS/CloudFront", { DistributionId: "E1", Region: "Global" }]);
    }
  });

  it.each([
    ["eu-west-1", undefined, { WebACL: "shop", Rule: "ALL", Region: "eu-west-1" }],
    ["CLOUDFRONT", "us-east-1", { WebACL: "shop", Rule: "ALL" }],
  ])("of a web ACL of %s is where AWS counts for it (S3-W11)", (scope, region, dimensions) => {
    const acl = watchedWebAcl("shop", scope);
    expect(acl.region).toBe(region);
    expect(acl.graphs[0]?.metrics.map((metric) => metric.dimensions)).toEqual([dimensions, dimensions, dimensions]);
  });

  it.each([
    ["a quarter of a volume", 20, 5120],
    ["a quarter of a volume, as long as that is the lesser", 100, 25_600],
    ["25 GiB of a large one", 1024, 25_600],
  ])("of a search over logs is its room, before it takes no more: %s (S2-W14)", (_, volumeGib, threshold) => {
    const storage = one(watchedSearch({ ...search, volumeGib }), "storage");
    expect(storage).toMatchObject({ comparison: "below", threshold });
  });

  it("of a vault is that copies are missing for two days, whether or not a job has failed (S3-W15)", () => {
    expect(one(watchedVault("shop-production", 3), "fewer")).toMatchObject({
      of: { name: "NumberOfBackupJobsCompleted", statistic: "Sum" },
      ...{ comparison: "below", threshold: 3, period: 86_400, periods: 2, silence: "alarm" },
    });
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

  it("stay in the region that they are in", () => {
    const far = inRegion("us-east-1", machine);
    expect([together(far, far).region, eachAs("first", far).region, onlyShown(far).region]).toEqual(
      Array(3).fill("us-east-1"),
    );
    expect(together(machine, machine).region).toBeUndefined();
  });

  it("are drawn without ringing, where another stack watches them", () => {
    const { alarms, graphs } = onlyShown(watchedLoadBalancer("app/shop/1"));
    expect([alarms.length, graphs.length]).toEqual([0, 4]);
  });
});
