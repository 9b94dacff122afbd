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
    [
      "NAT gateways together",
      { aws_nat_gateway: { a: {}, b: {} } },
      { what: "NAT gateway", least: 2, most: 2, per: "hour" },
    ],
    [
      "a load balancer",
      { aws_lb: { l: { internal: true } } },
      { what: "load balancer", detail: "application, internal" },
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

  it.each<[string, Names, readonly (readonly unknown[])[]]>([
    [
      "a database with its standby, twice, and the secret that RDS makes",
      {
        aws_db_instance: {
          d: {
            ...{ instance_class: "db.m7g.large", multi_az: true, storage_type: "gp3", allocated_storage: 100 },
            ...{ max_allocated_storage: 500, manage_master_user_password: true },
          },
        },
      },
      [
        [2, 2, "database", "db.m7g.large, half of them standby", "hour"],
        [200, 1000, "GiB of database storage", "gp3, half of them standby", "month"],
        [1, 1, "secret", "of a database, made by RDS", "month"],
      ],
    ],
    [
      "a database by itself, whose storage does not grow",
      { aws_db_instance: { d: { instance_class: "db.t4g.micro", storage_type: "gp3", allocated_storage: 20 } } },
      [
        [1, 1, "database", "db.t4g.micro", "hour"],
        [20, 20, "GiB of database storage", "gp3", "month"],
      ],
    ],
    [
      "Aurora that follows the load, by its capacity",
      {
        aws_rds_cluster: { c: { serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 8 } } },
        aws_rds_cluster_instance: {
          a: { instance_class: "db.serverless", cluster_identifier: "${aws_rds_cluster.c.id}" },
          b: { instance_class: "db.serverless", cluster_identifier: "${aws_rds_cluster.c.id}" },
        },
      },
      [[1, 16, "Aurora capacity unit", "db.serverless in a cluster", "hour"]],
    ],
    [
      "machines with the disks and addresses that they bring along",
      {
        aws_autoscaling_group: {
          g: { min_size: 1, max_size: 3, launch_template: { id: "${aws_launch_template.m.id}" } },
        },
        aws_launch_template: {
          m: {
            instance_type: "t3.small",
            block_device_mappings: [{ ebs: { volume_size: 30, volume_type: "gp3" } }],
            network_interfaces: [{ associate_public_ip_address: "true" }],
          },
        },
      },
      [
        [1, 3, "machine", "t3.small", "hour"],
        [1, 3, "public IPv4 address", "of machines", "hour"],
        [30, 90, "GiB of volume", "gp3, of machines", "month"],
      ],
    ],
    [
      "a load balancer that the internet reaches, with an address in each zone",
      { aws_lb: { l: { internal: false, subnets: ["a", "b"] } } },
      [
        [1, 1, "load balancer", "application", "hour"],
        [2, 2, "public IPv4 address", "of the load balancer, one in each zone", "hour"],
      ],
    ],
    [
      "a VPN connection with the addresses of its two tunnels",
      { aws_vpn_connection: { v: {} } },
      [
        [1, 1, "VPN connection", "", "hour"],
        [2, 2, "public IPv4 address", "ends of VPN tunnels", "hour"],
      ],
    ],
    [
      "a web ACL and its rules",
      { aws_wafv2_web_acl: { a: { rule: [{}, {}, {}] } } },
      [
        [3, 3, "rule of a web ACL", "", "month"],
        [1, 1, "web ACL", "", "month"],
      ],
    ],
    [
      "a key whose first two rotations are kept",
      { aws_kms_key: { k: { enable_key_rotation: true }, fixed: {} } },
      [[2, 4, "key", "", "month"]],
    ],
    [
      "alarms by their metrics, fast ones apart",
      {
        aws_cloudwatch_metric_alarm: {
          one: { period: 300 },
          two: { metric_query: [{ expression: "a - b" }, { metric: { period: 60 } }, { metric: { period: 60 } }] },
          fast: { period: 10 },
        },
      },
      [
        [3, 3, "alarm metric", "", "month"],
        [1, 1, "alarm metric", "high resolution", "month"],
      ],
    ],
    [
      "a search with nodes that lead it",
      {
        aws_opensearch_domain: {
          d: {
            cluster_config: {
              ...{ instance_type: "m7g.large.search", instance_count: 3 },
              ...{ dedicated_master_type: "m7g.medium.search", dedicated_master_count: 3 },
            },
            ebs_options: { volume_type: "gp3", volume_size: 50 },
          },
        },
      },
      [
        [3, 3, "search node", "m7g.large.search", "hour"],
        [3, 3, "search node", "m7g.medium.search, master", "hour"],
        [150, 150, "GiB of search storage", "gp3", "month"],
      ],
    ],
  ])("counts %s, as AWS does", (_, resources, lines) => {
    expect(running(resources).map(({ least, most, what, detail, per }) => [least, most, what, detail, per])).toEqual(
      lines,
    );
  });

  it("adds up the stacks of one system, and leaves others apart", () => {
    const of = (system: string, name: string, nats: Record<string, object>) => {
      const tags = { "slipway:system": system, "slipway:environment": "dev" };
      const provider = { aws: [{ region: "eu-west-1", default_tags: [{ tags }] }] };
      return { name, document: { provider, resource: { aws_nat_gateway: nats } } };
    };
    const { systems } = inventory([
      of("shop", "shop-platform-dev", { a: {}, b: {} }),
      of("shop", "shop-service-dev", { c: {} }),
      of("blog", "blog-dev", { a: {} }),
    ]);
    expect(systems.map(({ name, stacks, running: [nat] }) => [name, stacks.length, nat?.least])).toEqual([
      ["shop", 2, 3],
      ["blog", 1, 1],
    ]);
  });

  it("says what is counted as it is used, with the days that logs are kept", () => {
    const groups = { a: { retention_in_days: 30 }, b: { retention_in_days: 30 }, c: {} };
    expect(inventory([stack({ aws_cloudwatch_log_group: groups, aws_sns_topic: { t: {} } })]).byUse).toEqual([
      { stack: "shop", what: "GiB of logs taken in, and kept for 30 days" },
      { stack: "shop", what: "GiB of logs taken in, and kept for ever" },
      { stack: "shop", what: "messages" },
    ]);
  });

  it("counts the CPU credits of types that save them up, of machines and of databases", () => {
    const view = inventory([
      stack({
        aws_instance: { i: { instance_type: "t3.micro" }, steady: { instance_type: "m7i.large" } },
        aws_db_instance: { d: { instance_class: "db.t4g.micro" } },
      }),
    ]);
    expect(view.byUse.map(({ what }) => what).filter((what) => what.startsWith("CPU"))).toEqual([
      "CPU credits of a database of db.t4g.micro, beyond those that it earns",
      "CPU credits of a machine of t3.micro, beyond those that it earns",
    ]);
  });

  it("names the types that nobody has said anything of", () => {
    const view = inventory([stack({ aws_quantum_cat: { c: {} } })]);
    expect(view.unclassified).toEqual(["aws_quantum_cat"]);
    expect(inventoryTable(view)).toContain("How it is billed is not known here\n  aws_quantum_cat");
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
        "  shop  2       NAT gateway                    per hour",
        "  shop  1 to 3  machine      of several types  per hour",
        "",
        "Billed by use",
        "  shop  GiB out of AWS, and between zones",
        "  shop  GiB through NAT gateways",
      ].join("\n"),
    );
  });
});
