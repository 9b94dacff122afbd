import { describe, expect, it } from "vitest";
import { WordpressPlatformStack } from "../stacks/wordpress-platform";
import { WordpressServiceStack } from "../stacks/wordpress-service";
import { writtenBy } from "../testing/copies";
import { writtenStack } from "../testing/guestbook";
import { described } from "../testing/wordpress";
import { type Diagram, diagram, dot, mermaid, type StackDocument } from ".";

type Names = Record<string, Record<string, unknown>>;
const stack = (resource: Names, name = "shop"): StackDocument => ({ name, document: { resource } });
const at = (path: string) => ({ "//": { metadata: { path: `shop/${path}` } } });
const id = (address: string) => `\${aws_${address}.id}`;
const subnet = (path: string, zone: string) => ({ ...at(path), vpc_id: id("vpc.v"), availability_zone: zone });
const rule = (owner: string, peer: object, port: number) => ({
  ...{ ip_protocol: "tcp", from_port: port, to_port: port, security_group_id: id(`security_group.${owner}`) },
  ...peer,
});
const group = (name: string) => ({ referenced_security_group_id: id(`security_group.${name}`) });

/** A load balancer, two machines behind it, and what they reach. */
const shop = {
  aws_vpc: { v: { ...at("network/vpc"), cidr_block: "10.0.0.0/16" } },
  aws_subnet: {
    "public-a": subnet("network/public/subnet-a", "eu-west-1a"),
    "private-a": subnet("network/private/subnet-a", "eu-west-1a"),
    "private-b": subnet("network/private/subnet-b", "eu-west-1b"),
  },
  aws_security_group: {
    lb: at("entrance/connections/group"),
    web: at("web/connections/group"),
    db: at("orders/connections/group"),
  },
  aws_vpc_security_group_ingress_rule: {
    world: rule("lb", { cidr_ipv4: "0.0.0.0/0" }, 80),
    world6: rule("lb", { cidr_ipv6: "::/0" }, 80),
    web: rule("web", group("lb"), 8080),
    db: rule("db", group("web"), 5432),
  },
  aws_vpc_security_group_egress_rule: {
    web: rule("lb", group("web"), 8080),
    db: rule("web", group("db"), 5432),
    remote: rule("web", { cidr_ipv4: "192.168.9.0/24" }, 389),
    all: rule("web", { cidr_ipv4: "0.0.0.0/0" }, 443),
  },
  aws_lb: {
    l: { ...at("entrance/balancer"), subnets: [id("subnet.public-a")], security_groups: [id("security_group.lb")] },
  },
  aws_instance: {
    a: {
      ...at("web/machine-a"),
      instance_type: "t3.small",
      subnet_id: id("subnet.private-a"),
      vpc_security_group_ids: [id("security_group.web")],
    },
    b: {
      ...at("web/machine-b"),
      instance_type: "t3.small",
      subnet_id: id("subnet.private-b"),
      vpc_security_group_ids: [id("security_group.web")],
    },
  },
  aws_db_subnet_group: { g: { subnet_ids: [id("subnet.private-a"), id("subnet.private-b")] } },
  aws_db_instance: {
    d: {
      ...{
        ...at("orders/instance"),
        engine: "postgres",
        engine_version: "17",
        instance_class: "db.t4g.micro",
        multi_az: true,
      },
      ...{ db_subnet_group_name: "${aws_db_subnet_group.g.name}", vpc_security_group_ids: [id("security_group.db")] },
    },
  },
  aws_iam_role: { r: at("web/identity/role") },
} satisfies Names;

const drawn = (more: Names = {}) => diagram([stack({ ...shop, ...more })]);
const lines = ({ lines }: Diagram) => lines.map(({ from, to, label }) => `${from} -> ${to}${label && `: ${label}`}`);
const thing = ({ things }: Diagram, wanted: string) => things.find(({ id }) => id === wanted);

describe("a diagram (S0-17)", () => {
  it("has the nouns of an architecture, by the names of the code, and nothing else", () => {
    expect(drawn().things.map(({ label }) => label)).toEqual([
      ["entrance", "Load balancer"],
      ["web", "2 × machine t3.small"],
      ["orders", "postgres 17 db.t4g.micro with a standby"],
      ["Internet"],
      ["192.168.9.0/24"],
    ]);
  });

  it("puts each into the tier of its subnets, and each tier with its zones into its VPC", () => {
    const all = drawn();
    const labels = new Map(all.areas.map(({ id, label }) => [id, label]));
    expect(all.things.map(({ label, area }) => [label[0], area && labels.get(area)])).toEqual([
      ["entrance", "public: eu-west-1a"],
      ["web", "private: eu-west-1a, eu-west-1b"],
      ["orders", "private: eu-west-1a, eu-west-1b"],
      ["Internet", undefined],
      ["192.168.9.0/24", undefined],
    ]);
    expect(all.areas.map(({ parent }) => parent && labels.get(parent))).toEqual([
      undefined,
      "VPC 10.0.0.0/16",
      "VPC 10.0.0.0/16",
    ]);
  });

  it("finds the VPC of a subnet in a range that the VPC got later", () => {
    const { areas, things } = drawn({
      aws_vpc_ipv4_cidr_block_association: {
        r: { ...at("network/range"), vpc_id: id("vpc.v"), cidr_block: "10.2.0.0/24" },
      },
      aws_subnet: {
        ...shop.aws_subnet,
        "public-a": {
          ...subnet("network/public/subnet-a", "eu-west-1a"),
          vpc_id: "${aws_vpc_ipv4_cidr_block_association.r.vpc_id}",
        },
      },
    });
    const [tier] = areas.filter(({ label }) => label === "public: eu-west-1a");
    expect(areas.find(({ id }) => id === tier!.parent)!.label).toBe("VPC 10.0.0.0/16");
    expect(things.find(({ label }) => label[0] === "entrance")!.area).toBe(tier!.id);
  });

  it("draws who may reach whom with the ports, both worlds as one, and no calls to the whole world", () => {
    expect(lines(drawn())).toEqual([
      "internet_Internet -> balancer_entrance: tcp 80",
      "balancer_entrance -> machines_web: tcp 8080",
      "machines_web -> database_orders: tcp 5432",
      "machines_web -> outside_192_168_9_0_24: tcp 389",
    ]);
  });

  it("draws no way that only one side knows", () => {
    const rules = { ...shop.aws_vpc_security_group_egress_rule, db: {} };
    expect(lines(drawn({ aws_vpc_security_group_egress_rule: rules })).join()).not.toContain("database");
  });

  it("draws a group that many carry as one box, and not a line between each two of them", () => {
    const zones = ["a", "b", "c", "d"];
    const machines = zones.map((word) => {
      const groups = [id("security_group.all")];
      return [word, { ...at(`${word}/group`), instance_type: `t3.${word}`, vpc_security_group_ids: groups }];
    });
    const gossip = { ...rule("all", { referenced_security_group_id: id("security_group.all") }, 8301) };
    const many = drawn({
      aws_security_group: { ...shop.aws_security_group, all: at("machine/connections/group") },
      aws_instance: Object.fromEntries(machines),
      aws_vpc_security_group_ingress_rule: { gossip },
      aws_vpc_security_group_egress_rule: { gossip },
    });
    expect(lines(many)).toContain("other_every_machine -> other_every_machine: tcp 8301");
    expect(lines(many).filter((line) => line.includes("8301"))).toHaveLength(1);
  });

  it("draws the names of a zone with many of them as one", () => {
    const names = ["a", "b", "c", "d", "e"].map((word) => {
      return [
        word,
        { type: "A", name: `${word}.shop.internal`, zone_id: "${aws_route53_zone.z.zone_id}", records: [] },
      ];
    });
    const zone = { aws_route53_zone: { z: { name: "shop.internal" } } };
    const few = drawn({ ...zone, aws_route53_record: Object.fromEntries(names.slice(1)) });
    expect(few.things.filter(({ kind }) => kind === "name")).toHaveLength(4);
    const many = drawn({ ...zone, aws_route53_record: Object.fromEntries(names) });
    expect(many.things.filter(({ kind }) => kind === "name").map(({ label }) => label)).toEqual([
      ["5 names in shop.internal", "DNS"],
    ]);
  });

  it("draws one line for all ports between two, in the order of their numbers", () => {
    const rules = { a: rule("lb", { cidr_ipv4: "0.0.0.0/0" }, 443), b: rule("lb", { cidr_ipv4: "0.0.0.0/0" }, 80) };
    expect(lines(drawn({ aws_vpc_security_group_ingress_rule: rules }))).toContain(
      "internet_Internet -> balancer_entrance: tcp 80, tcp 443",
    );
  });

  it.each<[string, Names, object]>([
    [
      "a group of machines, by its template",
      {
        aws_autoscaling_group: {
          g: { ...at("w/group"), min_size: 1, max_size: 3, launch_template: { id: id("launch_template.t") } },
        },
        aws_launch_template: { t: { instance_type: "m7i.large" } },
      },
      { id: "machines_w", label: ["w", "1 to 3 machines m7i.large"] },
    ],
    [
      "a machine with an address of its own, where its interface is",
      {
        aws_autoscaling_group: {
          g: { ...at("w/group"), min_size: 1, max_size: 1, launch_template: { id: id("launch_template.t") } },
        },
        aws_launch_template: { t: { network_interfaces: { network_interface_id: id("network_interface.i") } } },
        aws_network_interface: { i: { subnet_id: id("subnet.public-a") } },
      },
      { id: "machines_w", label: ["w", "1 machine"], area: "tier_shop_network_public" },
    ],
    [
      "a cluster of databases",
      { aws_rds_cluster: { c: { ...at("d/cluster"), engine: "aurora-mysql", engine_version: "8.0" } } },
      { id: "database_d", label: ["d", "aurora-mysql 8.0 cluster"] },
    ],
    [
      "a cache with its nodes",
      {
        aws_elasticache_replication_group: {
          c: { ...at("c/group"), engine: "valkey", num_cache_clusters: 2, node_type: "cache.t4g.micro" },
        },
      },
      { id: "cache_c", label: ["c", "valkey 2 × cache.t4g.micro"] },
    ],
    [
      "containers",
      { aws_ecs_service: { s: { ...at("s/service"), desired_count: 1 } } },
      { id: "containers_s", label: ["s", "1 container"] },
    ],
    [
      "interface endpoints as one",
      {
        aws_vpc_endpoint: {
          a: { ...at("e/a"), vpc_endpoint_type: "Interface", vpc_id: id("vpc.v") },
          b: { ...at("e/b"), vpc_endpoint_type: "Interface", vpc_id: id("vpc.v") },
          s3: { ...at("e/s3"), vpc_endpoint_type: "Gateway", vpc_id: id("vpc.v") },
        },
      },
      { id: "services_AWS_services", label: ["AWS services", "interface endpoints"], area: "vpc_shop_network_vpc" },
    ],
    [
      "a name that only Terraform knows by its place in the code",
      { aws_route53_record: { r: { ...at("site/record"), type: "A", name: "${var.name}" } } },
      { id: "name_site", label: ["site", "DNS"] },
    ],
  ])("shows %s", (_, resources, expected) => {
    const all = drawn(resources);
    const kind = (expected as { id: string }).id.split("_")[0]!;
    expect(
      all.things.filter(({ id }) => id.startsWith(`${kind}_`) && id !== "machines_web" && id !== "database_orders"),
    ).toEqual([{ kind, ...expected }]);
  });

  it("leads a name to the load balancer, or to the machine that has its address", () => {
    const interface_ = { private_ips: ["10.0.0.9"], security_groups: [id("security_group.web")] };
    const names = drawn({
      aws_instance: {
        p: { ...at("puppet/machine"), network_interface: { network_interface_id: id("network_interface.i") } },
      },
      aws_network_interface: { i: interface_ },
      aws_route53_record: {
        a: { ...at("dns/a"), type: "A", name: "shop.example.com", alias: { name: "${aws_lb.l.dns_name}" } },
        aaaa: { ...at("dns/b"), type: "AAAA", name: "shop.example.com", alias: { name: "${aws_lb.l.dns_name}" } },
        puppet: { ...at("dns/c"), type: "A", name: "puppet.internal", records: ["10.0.0.9"] },
        proof: { ...at("dns/d"), type: "CNAME", name: "_1.example.com", records: ["_2.acm-validations.aws"] },
      },
    });
    expect(lines(names).filter((line) => line.startsWith("name_"))).toEqual([
      "name_shop_example_com -> balancer_entrance",
      "name_puppet_internal -> machines_puppet",
    ]);
  });

  it("shows both devices of a VPN and its tunnels (S0-20, S0-21)", () => {
    const vpn = drawn({
      aws_vpn_gateway: { g: { ...at("vpn/gateway"), vpc_id: id("vpc.v") } },
      aws_customer_gateway: {
        a: { ...at("vpn/device-a"), ip_address: "198.51.100.1" },
        b: { ...at("vpn/device-b"), ip_address: "203.0.113.1" },
      },
      aws_vpn_connection: {
        a: { vpn_gateway_id: id("vpn_gateway.g"), customer_gateway_id: id("customer_gateway.a") },
        b: { vpn_gateway_id: id("vpn_gateway.g"), customer_gateway_id: id("customer_gateway.b") },
      },
    });
    expect(vpn.lines.filter(({ kind }) => kind === "tunnel")).toMatchObject([
      { from: "outside_Customer_gateway", to: "gateway_VPN_gateway", label: "VPN, 2 tunnels" },
      { from: "outside_Customer_gateway_2", to: "gateway_VPN_gateway", label: "VPN, 2 tunnels" },
    ]);
    expect(thing(vpn, "outside_Customer_gateway")).toMatchObject({ label: ["Customer gateway", "198.51.100.1"] });
    expect(thing(vpn, "gateway_VPN_gateway")).toMatchObject({ area: "vpc_shop_network_vpc" });
  });

  it("keeps what a group of no noun may reach: the group has a box of its own", () => {
    const rules = { l: rule("lambda", { cidr_ipv4: "198.51.100.0/24" }, 25) };
    const groups = { ...shop.aws_security_group, lambda: at("mail/connections/group") };
    const all = drawn({ aws_security_group: groups, aws_vpc_security_group_egress_rule: rules });
    expect(lines(all)).toContain("other_mail -> outside_198_51_100_0_24: tcp 25");
  });
});

/** What we write of Mermaid's flowcharts, and nothing that it could read otherwise. */
const word = "[A-Za-z][A-Za-z0-9_]*";
const text = '"(?:[^"<>&`\\\\#]|#\\d+;|<br>)+"';
const shape = [
  ...["\\{\\{T\\}\\}", "\\[T\\]", "\\[\\[T\\]\\]", "\\[\\(T\\)\\]", "\\(T\\)", "\\(\\[T\\]\\)"],
  ...["\\[/T\\\\\\]", "\\[\\\\T/\\]", "\\(\\(T\\)\\)"],
].map((one) => one.replace("T", text));
const grammar = [
  new RegExp(`^ *${word}(?:${shape.join("|")})$`),
  new RegExp(`^ *subgraph ${word}\\[${text}\\]$`),
  /^ *end$/,
  new RegExp(`^ *${word} (?:-->|-\\.->|===)(?:\\|${text}\\|)? ${word}$`),
];

/** Refuses text that is no flowchart: strange lines, frames that do not close, lines to what is not there. */
function check(flowchart: string): void {
  const [first, ...rest] = flowchart.split("\n");
  expect(first).toBe("flowchart LR");
  for (const line of rest)
    expect(
      grammar.some((form) => form.test(line)),
      line,
    ).toBe(true);
  const depths = rest.reduce(
    (depth, line) => depth + (/^ *subgraph /.test(line) ? 1 : /^ *end$/.test(line) ? -1 : 0),
    0,
  );
  expect(depths).toBe(0);
  const defined = rest.flatMap((line) => /^ *(?:subgraph )?(\w+)[[({]/.exec(line)?.[1] ?? []);
  expect(new Set(defined).size).toBe(defined.length);
  for (const line of rest) {
    const [, from, to] = /^ *(\w+) [-=]\S* ?.*?(\w+)$/.exec(line) ?? [];
    if (from && !line.includes("subgraph")) expect(defined).toEqual(expect.arrayContaining([from, to]));
  }
}

describe("the text of a diagram", () => {
  it("is a flowchart for Mermaid", () => {
    const flowchart = mermaid(drawn());
    check(flowchart);
    expect(flowchart.split("\n").map((line) => line.trim())).toEqual([
      "flowchart LR",
      'internet_Internet(("Internet"))',
      'outside_192_168_9_0_24[\\"192.168.9.0/24"/]',
      'subgraph vpc_shop_network_vpc["VPC 10.0.0.0/16"]',
      'subgraph tier_shop_network_public["public: eu-west-1a"]',
      'balancer_entrance{{"entrance<br>Load balancer"}}',
      "end",
      'subgraph tier_shop_network_private["private: eu-west-1a, eu-west-1b"]',
      'machines_web["web<br>2 × machine t3.small"]',
      'database_orders[("orders<br>postgres 17 db.t4g.micro with a standby")]',
      "end",
      "end",
      'internet_Internet -->|"tcp 80"| balancer_entrance',
      'balancer_entrance -->|"tcp 8080"| machines_web',
      'machines_web -->|"tcp 5432"| database_orders',
      'machines_web -->|"tcp 389"| outside_192_168_9_0_24',
    ]);
  });

  it.each(['a "quoted" <b>name</b>', "back\\slash & `tick` #1;", "end", "]--> x"])("keeps %j as text", (name) => {
    const all = drawn({ aws_route53_record: { r: { ...at("r/r"), type: "A", name } } });
    check(mermaid(all));
    const encoded = name.replaceAll(/[#"<>&`\\]/g, (one) => `#${one.codePointAt(0)};`);
    expect(mermaid(all)).toContain(`(["${encoded}<br>DNS"])`);
    expect(dot(all)).toContain(`label="${name.replaceAll(/[\\"]/g, "\\$&")}`);
  });

  it("is a graph for Graphviz, with the same things, frames and lines", () => {
    const all = drawn();
    const graph = dot(all);
    for (const { id } of all.things)
      expect(graph).toMatch(new RegExp(`^ *${id} \\[label=".*", shape=\\w+.*\\];$`, "m"));
    for (const { id } of all.areas) expect(graph).toContain(`subgraph cluster_${id} {`);
    expect(graph.match(/ -> /g)).toHaveLength(all.lines.length);
    expect(graph.match(/\{/g)).toHaveLength(graph.match(/\}/g)!.length);
  });

  it("is empty for a system that is nothing", () => {
    expect(mermaid(diagram([]))).toBe("flowchart LR");
  });
});

describe.each(["dev", "production"] as const)("the picture of WordPress of %s", (name) => {
  const environment = described(name);
  const all = diagram([
    writtenBy((app) => new WordpressPlatformStack(app, "platform", environment, environment.wordpress!)),
    writtenBy((app) => new WordpressServiceStack(app, "service", environment, environment.wordpress!)),
  ]);

  it("shows the way from the internet to the database, and fits on a page", () => {
    check(mermaid(all));
    expect(lines(all)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          {
            dev: /^internet_Internet -> balancer_entrance_public: tcp 80/,
            production: /^outside_com_amazonaws_global_cloudfront\S* -> balancer_entrance_public: tcp 443/,
          }[name],
        ),
        "balancer_entrance_public -> machines_machines: tcp 32768-65535",
        "machines_machines -> database_database: tcp 3306",
        "containers_services_wordpress -> machines_machines: runs on",
      ]),
    );
    expect(all.things.length).toBeLessThan(15);
    expect(all.things.filter(({ kind }) => kind === "other")).toEqual([]);
  });
});

describe.each(["dev", "production"] as const)("the picture of the guestbook of %s", (name) => {
  const all = diagram([writtenStack(described(name))]);

  it("shows what the original's drawing shows, and fits on a page (S0-17, S0-R06)", () => {
    check(mermaid(all));
    const kinds = ["name", "internet", "balancer", "machines", "cache", "gateway", "outside"];
    expect(all.things.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
    expect(all.things.filter(({ kind }) => kind === "other")).toEqual([]);
    expect(lines(all)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^internet_Internet -> balancer_entrance: tcp 80/),
        "balancer_entrance -> machines_web: tcp 80",
        "machines_web -> machines_puppet: tcp 8140",
        "machines_registry -> machines_puppet: tcp 8140",
        "machines_web -> machines_registry: tcp 5000",
        "machines_web -> cache_visits: tcp 6379",
        expect.stringMatching(/^machines_web -> outside_[\d_]+: tcp 5432$/),
        "outside_Customer_gateway -> gateway_VPN_gateway: VPN, 2 tunnels",
        "outside_Customer_gateway_2 -> gateway_VPN_gateway: VPN, 2 tunnels",
      ]),
    );
    expect(all.things.length).toBeLessThan(20);
  });
});
