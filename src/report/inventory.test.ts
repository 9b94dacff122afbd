import { describe, expect, it } from "vitest";
import { type Inventory, inventory, inventoryTable } from ".";

type Names = Record<string, Record<string, unknown>>;
const stack = (resource: Names, data: Names = {}, name = "shop") => ({ name, document: { resource, data } });
const running = (resource: Names): Inventory["running"] => inventory([stack(resource)]).running;

describe("an inventory", () => {
  it("counts resources and data sources of each stack, the most frequent type first", () => {
    const shop = stack(
      { aws_vpc: { v: {} }, aws_subnet: { a: {}, b: {} }, aws_eip: { a: {} } },
      { aws_ami: { web: {} } },
    );
    expect(inventory([shop, stack({}, {}, "empty")]).stacks).toEqual([
      {
        ...{ name: "shop", resources: 4, dataSources: 1 },
        types: [
          { type: "aws_subnet", count: 2 },
          { type: "aws_eip", count: 1 },
          { type: "aws_vpc", count: 1 },
        ],
      },
      { name: "empty", resources: 0, dataSources: 0, types: [] },
    ]);
  });

  it.each<[string, Names, object]>([
    ["NAT gateways together", { aws_nat_gateway: { a: {}, b: {} } }, { what: "NAT gateway", least: 2, most: 2 }],
    [
      "a load balancer",
      { aws_lb: { l: { internal: true } } },
      { what: "load balancer", detail: "application, internal" },
    ],
    [
      "a database with its standby",
      { aws_db_instance: { d: { instance_class: "db.m7g.large", multi_az: true } } },
      { what: "database", detail: "db.m7g.large with a standby" },
    ],
    [
      "the machines of a group, from its least to its most",
      {
        aws_autoscaling_group: {
          g: { min_size: 0, max_size: 30, launch_template: { id: "${aws_launch_template.m.id}" } },
        },
        aws_launch_template: { m: { instance_type: "t3.small" } },
      },
      { what: "machine", least: 0, most: 30, detail: "t3.small" },
    ],
    [
      "interface endpoints by their addresses",
      { aws_vpc_endpoint: { e: { vpc_endpoint_type: "Interface", subnet_ids: ["a", "b", "c"] } } },
      { what: "interface endpoint address", least: 3, most: 3 },
    ],
    [
      "the nodes of a cache",
      { aws_elasticache_replication_group: { c: { node_type: "cache.t4g.micro", num_cache_clusters: 2 } } },
      { what: "cache node", least: 2, detail: "cache.t4g.micro" },
    ],
    [
      "a machine by itself",
      { aws_instance: { i: { instance_type: "t3.micro" } } },
      { what: "machine", least: 1, most: 1 },
    ],
    [
      "an instance of a database cluster",
      { aws_rds_cluster_instance: { i: { instance_class: "db.r7g.large" } } },
      { what: "database", detail: "db.r7g.large in a cluster" },
    ],
  ])("lists %s among what always runs", (_, resources, line) => {
    expect(running(resources)).toEqual([expect.objectContaining({ stack: "shop", ...line })]);
  });

  it("leaves out what costs nothing by standing there", () => {
    expect(running({ aws_vpc: { v: {} }, aws_vpc_endpoint: { s3: { vpc_endpoint_type: "Gateway" } } })).toEqual([]);
  });
});

describe("the table of an inventory", () => {
  it("has a line for each stack and each kind of thing that runs", () => {
    const shop = stack({
      aws_nat_gateway: { a: {}, b: {} },
      aws_autoscaling_group: { g: { min_size: 1, max_size: 3 } },
    });
    expect(inventoryTable(inventory([shop]))).toBe(
      [
        "Stacks",
        "  shop  3 resources  2 aws_nat_gateway, 1 aws_autoscaling_group",
        "",
        "Always running",
        "  shop  2       NAT gateway",
        "  shop  1 to 3  machine      of several types",
      ].join("\n"),
    );
  });
});
