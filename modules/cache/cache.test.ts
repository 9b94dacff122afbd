import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Connections } from "../connections";
import { Cache, type CacheProps } from ".";

const placement = { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] };
const cache = (props: Partial<CacheProps> = {}) =>
  synthesize((stack) => {
    const made = new Cache(stack, "visits", { name: "shop-visits", placement, nodeType: "cache.t4g.small", ...props });
    const { primaryEndpoint, readerEndpoint, replicationGroupId, port } = made;
    new TerraformOutput(stack, "told", { value: { primaryEndpoint, readerEndpoint, replicationGroupId, port } });
  });
const group = (props: Partial<CacheProps> = {}) => cache(props).one(ElasticacheReplicationGroup);

describe("a cache", () => {
  it("is one replication group without cluster mode, for any client of Redis (S0-43)", () => {
    expect(group()).toMatchObject({
      ...{ replication_group_id: "shop-visits", engine: "valkey", engine_version: "8.0", num_cache_clusters: 2 },
      ...{ node_type: "cache.t4g.small", port: 6379, auto_minor_version_upgrade: "true", apply_immediately: false },
    });
    for (const key of ["num_node_groups", "replicas_per_node_group", "cluster_mode", "auth_token"]) {
      expect(group()).not.toHaveProperty(key);
    }
  });

  it("is Redis 7.1 where that is asked for", () => {
    expect(group({ engine: "redis" })).toMatchObject({ engine: "redis", engine_version: "7.1" });
  });

  it("lives in several zones (S0-44)", () => {
    const { one } = cache({ zones: ["eu-west-1b", "eu-west-1a"] });
    expect(one(ElasticacheSubnetGroup)).toMatchObject({ name: "shop-visits", subnet_ids: ["subnet-a", "subnet-b"] });
    expect(one(ElasticacheReplicationGroup)).toMatchObject({
      multi_az_enabled: true,
      preferred_cache_cluster_azs: ["eu-west-1b", "eu-west-1a"],
      subnet_group_name: expect.stringMatching(/^\$\{aws_elasticache_subnet_group\./),
    });
  });

  it("fails over by itself, as there is always a replica (S0-45)", () => {
    expect(group()).toMatchObject({ automatic_failover_enabled: true, num_cache_clusters: 2 });
    expect(group({ nodes: 3 }).num_cache_clusters).toBe(3);
  });

  it("is known by a name that follows the primary (S0-46)", () => {
    const { primaryEndpoint, readerEndpoint, port } = cache().document.output.told.value;
    expect(primaryEndpoint).toMatch(/^\$\{aws_elasticache_replication_group\.\w+\.primary_endpoint_address\}$/);
    expect(readerEndpoint).toMatch(/\.reader_endpoint_address\}$/);
    expect(port).toBe(6379);
  });

  it("is reached on port 6379 by whoever is allowed, and by nobody else (S0-25)", () => {
    expect(cache().all(VpcSecurityGroupIngressRule)).toEqual([]);
    const { one } = synthesize((stack) => {
      const web = { connections: new Connections(new Construct(stack, "web"), "connections", { vpcId: "vpc-1" }) };
      const made = new Cache(stack, "visits", { name: "shop-visits", placement, nodeType: "cache.t4g.small" });
      made.connections.allowFrom(web, "visits");
    });
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 6379, to_port: 6379 });
  });

  it("is encrypted on disk, always, and on the way unless asked otherwise (S0-46)", () => {
    expect(group()).toMatchObject({
      ...{ at_rest_encryption_enabled: "true", transit_encryption_enabled: true, transit_encryption_mode: "required" },
    });
    expect(group({ transitEncryption: "preferred" })).toMatchObject({
      ...{ transit_encryption_enabled: true, transit_encryption_mode: "preferred" },
    });
    const off = group({ transitEncryption: "off" });
    expect([off.transit_encryption_enabled, off.transit_encryption_mode]).toEqual([false, undefined]);
  });

  it("asks clients who they are where it has a user group", () => {
    expect(group({ userGroupId: "shop" }).user_group_ids).toEqual(["shop"]);
    expect(group()).not.toHaveProperty("user_group_ids");
  });

  it("has a parameter group of its own, and a new one for a new major version", () => {
    const parameters = (props: Partial<CacheProps>) => cache(props).one(ElasticacheParameterGroup);
    expect(parameters({})).toMatchObject({ family: "valkey8", lifecycle: { create_before_destroy: true } });
    expect(parameters({ engine: "redis" }).family).toBe("redis7");
    expect(parameters({ version: "7.2" }).name).not.toBe(parameters({}).name);
    expect(parameters({ version: "8.1" }).name).toBe(parameters({}).name);
    expect(group().parameter_group_name).toMatch(/^\$\{aws_elasticache_parameter_group\./);
  });

  it("is copied every night, and looked after at another time", () => {
    expect(group()).toMatchObject({
      ...{ snapshot_retention_limit: 7, snapshot_window: "03:00-04:00", maintenance_window: "sun:04:30-sun:05:30" },
    });
    const moved = group({ maintenanceWindow: "mon:03:00-mon:05:00", changes: "now" });
    expect(moved).toMatchObject({ snapshot_window: "05:00-06:00", apply_immediately: true });
  });

  it("leaves a last snapshot and its logs, unless it may go", () => {
    expect(group()).toMatchObject({
      final_snapshot_identifier: expect.stringMatching(/^shop-visits-final-\$\{terraform_data\.\w+\.id\}$/),
      lifecycle: { prevent_destroy: true },
    });
    const gone = cache({ onRemoval: "destroy" });
    expect(gone.one(ElasticacheReplicationGroup)).not.toHaveProperty("final_snapshot_identifier");
    expect(gone.one(ElasticacheReplicationGroup)).not.toHaveProperty("lifecycle");
    for (const log of gone.all(CloudwatchLogGroup)) expect(log.skip_destroy).toBe(false);
    for (const log of cache().all(CloudwatchLogGroup)) expect(log.skip_destroy).toBe(true);
  });

  it("writes the slow log and the engine's log to groups that exist before it", () => {
    const { all, one } = cache({ logDays: 90 });
    expect(all(CloudwatchLogGroup)).toMatchObject([
      { name: "/aws/vendedlogs/elasticache/shop-visits/engine-log", retention_in_days: 90 },
      { name: "/aws/vendedlogs/elasticache/shop-visits/slow-log", retention_in_days: 90 },
    ]);
    expect(one(ElasticacheReplicationGroup).log_delivery_configuration).toMatchObject([
      { log_type: "slow-log", destination_type: "cloudwatch-logs", log_format: "json" },
      { log_type: "engine-log", destination: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.\S+\.name\}$/) },
    ]);
  });

  it("tells a topic of failovers where there is one", () => {
    expect(group({ eventTopicArn: "arn:events" }).notification_topic_arn).toBe("arn:events");
    expect(group()).not.toHaveProperty("notification_topic_arn");
  });

  it("has alarms on each node where somebody hears them, and none otherwise", () => {
    expect(cache().all(CloudwatchMetricAlarm)).toEqual([]);
    const alarms = cache({ alarmTopicArn: "arn:alarms", nodes: 3 }).all(CloudwatchMetricAlarm);
    expect(alarms.map((alarm) => alarm.alarm_name).sort()).toEqual(
      ["001", "002", "003"].flatMap((node) => ["behind", "busy", "full"].map((kind) => `shop-visits-${node}-${kind}`)),
    );
    expect(alarms.find((alarm) => alarm.alarm_name === "shop-visits-002-behind")).toMatchObject({
      ...{ namespace: "AWS/ElastiCache", metric_name: "ReplicationLag", threshold: 30 },
      ...{ dimensions: { CacheClusterId: "shop-visits-002" }, alarm_actions: ["arn:alarms"] },
    });
    const metrics = new Set(alarms.map((alarm) => alarm.metric_name));
    expect(metrics).toEqual(new Set(["ReplicationLag", "EngineCPUUtilization", "DatabaseMemoryUsagePercentage"]));
  });

  it.each<[string, Partial<CacheProps>, string]>([
    ["a long name", { name: "a".repeat(41) }, "name must be 1 to 40 lower-case letters"],
    ["a name that ends in a hyphen", { name: "visits-" }, "name must be 1 to 40 lower-case letters"],
    ["one zone (S0-44)", { placement: { ...placement, subnetIds: ["subnet-a"] } }, "at least two subnets"],
    ["one node (S0-45)", { nodes: 1 }, "nodes must be a whole number from 2 to 6, got 1; a failover needs a replica"],
    ["seven nodes", { nodes: 7 }, "nodes must be a whole number from 2 to 6"],
    ["another engine", { engine: "memcached" as "redis" }, "engine must be valkey or redis"],
    ["a major version alone", { version: "8" }, "version must be one of 7.2, 8.0, 8.1, 8.2"],
    ["a version of the other engine", { engine: "redis", version: "8.0" }, "version must be one of 7.0, 7.1"],
    ["a type without failover", { nodeType: "cache.t1.micro" }, "t1 is a previous generation: take cache.t4g"],
    ["an instance type", { nodeType: "t4g.small" }, "ElastiCache has types of its own"],
    ["fewer zones than nodes", { nodes: 3, zones: ["eu-west-1a", "eu-west-1b"] }, "zones must be 3 zones"],
    ["every node in one zone", { zones: ["eu-west-1a", "eu-west-1a"] }, "zones must be 2 zones, one per node"],
    ["users without TLS", { userGroupId: "shop", transitEncryption: "preferred" }, "userGroupId must be left out"],
    ["no snapshots", { snapshotDays: 0 }, "snapshotDays must be between 1 and 35"],
    ["a short snapshot window", { snapshotWindow: "03:00-03:30" }, "a daily window of at least 60 minutes"],
    ["a short maintenance window", { maintenanceWindow: "sun:04:30-sun:05:00" }, "a weekly window of at least 60"],
    [
      "windows that meet",
      { snapshotWindow: "04:00-05:00", maintenanceWindow: "sun:04:30-sun:05:30" },
      "maintenanceWindow must be apart from the snapshot window",
    ],
    ["snapshots all day", { snapshotWindow: "00:00-23:30" }, "snapshotWindow must be short enough"],
    ["an odd period of logs", { logDays: 31 }, "logDays must be one of"],
  ])("refuses %s", (_, props, message) => {
    expect(() => cache(props)).toThrow(message);
  });
});
