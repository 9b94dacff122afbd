import { describe, expect, it } from "vitest";
import { described, platformOf, serviceOf } from "../testing/wordpress";
import { type Exposure, exposure, exposureTable, type StackDocument } from ".";

type Names = Record<string, Record<string, unknown>>;
const stack = (resource: Names, data: Names = {}, name = "shop"): StackDocument => ({
  name,
  document: { resource, data },
});
const named = (name: string) => ({ tags: { Name: name } });
const tcp = (port: number) => ({ ip_protocol: "tcp", from_port: port, to_port: port });
const group = (name: string) => `\${aws_security_group.${name}.id}`;

const shop = {
  aws_security_group: { web: named("web"), db: named("db") },
  aws_vpc_security_group_ingress_rule: {
    world: { ...tcp(443), security_group_id: group("web"), cidr_ipv4: "0.0.0.0/0", description: "customers" },
    db: {
      ...tcp(5432),
      security_group_id: group("db"),
      referenced_security_group_id: group("web"),
      description: "queries",
    },
  },
  aws_vpc_security_group_egress_rule: {
    db: { ...tcp(5432), security_group_id: group("web"), referenced_security_group_id: group("db") },
    out: { ...tcp(443), security_group_id: group("web"), cidr_ipv4: "0.0.0.0/0", description: "AWS" },
  },
  aws_lb: { web: { security_groups: [group("web")] } },
  aws_db_instance: { db: { vpc_security_group_ids: [group("db")] } },
};

/** The shop with more in it, or with something of a type replaced. */
const changed = (more: Names) =>
  stack(Object.fromEntries(Object.entries({ ...shop, ...more }).map(([type, names]) => [type, names])));

describe("the exposure of a system", () => {
  it("names every way in from outside, and who answers there", () => {
    expect(exposure([stack(shop)]).world).toEqual([
      {
        ...{
          address: "aws_security_group.web",
          group: "web",
          from: "0.0.0.0/0",
          ports: "tcp 443",
          reason: "customers",
        },
        carriers: [{ stack: "shop", address: "aws_lb.web", type: "aws_lb" }],
      },
    ]);
  });

  it("names every way from group to group", () => {
    expect(exposure([stack(shop)])).toMatchObject({
      arrows: [{ from: "web", to: "db", ports: "tcp 5432", reason: "queries" }],
      outward: [{ from: "web", to: "0.0.0.0/0", ports: "tcp 443", reason: "AWS" }],
      halves: [],
    });
  });

  it.each([
    ["all of IPv6", { cidr_ipv6: "::/0" }, "::/0"],
    ["an office", { cidr_ipv4: "192.0.2.0/24" }, "192.0.2.0/24"],
    ["a prefix list", { prefix_list_id: "pl-1" }, "pl-1"],
    ["a range that only Terraform knows", { cidr_ipv4: "${var.office}" }, "${var.office}"],
  ])("counts %s as outside", (_, source, from) => {
    const rules = { office: { ...tcp(22), security_group_id: group("db"), ...source } };
    expect(exposure([changed({ aws_vpc_security_group_ingress_rule: rules })]).world).toMatchObject([
      { address: "aws_security_group.db", from, ports: "tcp 22", carriers: [{ address: "aws_db_instance.db" }] },
    ]);
  });

  it.each([
    ["the VPC", "10.1.0.0/16"],
    ["a part of the VPC", "10.1.128.0/20"],
    ["a range that the VPC got later", "10.3.0.0/24"],
    ["the VPC by reference", "${aws_vpc.v.cidr_block}"],
    ["a subnet by reference", "${aws_subnet.a.cidr_block}"],
  ])("keeps %s apart from what is outside", (_, cidr_ipv4) => {
    const rules = { r: { ...tcp(443), security_group_id: group("db"), cidr_ipv4, description: "endpoint" } };
    const network = {
      aws_vpc: { v: { cidr_block: "10.1.0.0/16" } },
      aws_vpc_ipv4_cidr_block_association: { further: { cidr_block: "10.3.0.0/22" } },
      aws_subnet: { a: { cidr_block: "10.1.0.0/20" } },
    };
    const seen = exposure([changed({ ...network, aws_vpc_security_group_ingress_rule: rules })]);
    expect(seen.world).toEqual([]);
    expect(seen.inside).toMatchObject([{ group: "db", from: cidr_ipv4, ports: "tcp 443" }]);
    expect(exposureTable(seen)).toContain(`From addresses of the own network\n  ${cidr_ipv4}  ->  db  tcp 443`);
  });

  it.each([
    "10.0.0.0/8",
    "10.2.0.0/16",
    "10.1.0.0/15",
    "0.0.0.0/0",
  ])("takes %s, larger or beside, for outside", (cidr_ipv4) => {
    const rules = { r: { ...tcp(443), security_group_id: group("db"), cidr_ipv4 } };
    const aws_vpc = { v: { cidr_block: "10.1.0.0/16" } };
    expect(exposure([changed({ aws_vpc, aws_vpc_security_group_ingress_rule: rules })]).world).toHaveLength(1);
  });

  it.each<[string, Names]>([
    [
      "inside a group",
      { aws_security_group: { web: { ...named("web"), ingress: { ...tcp(22), cidr_blocks: ["0.0.0.0/0"] } } } },
    ],
    [
      "as an older rule",
      {
        aws_security_group: { web: named("web") },
        aws_security_group_rule: {
          r: {
            type: "ingress",
            protocol: "tcp",
            from_port: 22,
            to_port: 22,
            cidr_blocks: ["0.0.0.0/0"],
            security_group_id: group("web"),
          },
        },
      },
    ],
  ])("sees a way in that is written %s", (_, resources) => {
    expect(exposure([stack(resources)]).world).toMatchObject([{ group: "web", ports: "tcp 22", from: "0.0.0.0/0" }]);
  });

  it.each([
    ["a machine with interfaces", "aws_launch_template", { network_interfaces: [{ security_groups: [group("web")] }] }],
    ["a task in the VPC", "aws_ecs_service", { network_configuration: { security_groups: [group("web")] } }],
    ["a cache", "aws_elasticache_replication_group", { security_group_ids: [group("web")] }],
  ])("finds %s behind an open group", (_, type, body) => {
    const { world } = exposure([changed({ aws_lb: {}, [type]: { it: body } })]);
    expect(world[0]!.carriers).toEqual([{ stack: "shop", address: `${type}.it`, type }]);
  });

  it("calls a rule for everything all traffic, and lets a group reach itself where it says so", () => {
    const self = {
      web: {
        ...named("web"),
        ingress: [{ protocol: "-1", self: true }],
        egress: [{ protocol: "-1", cidr_blocks: ["0.0.0.0/0"] }],
      },
    };
    expect(exposure([stack({ aws_security_group: self })]).arrows).toEqual([
      { from: "web", to: "web", ports: "all traffic", reason: "" },
    ]);
  });

  it("follows a group through a published parameter into the stack that owns it", () => {
    const platform = stack(
      {
        aws_security_group: { db: named("db") },
        aws_ssm_parameter: { p: { name: "/shop/db-group", insecure_value: group("db") } },
      },
      {},
      "platform",
    );
    const service = stack(
      {
        aws_security_group: { web: named("web") },
        aws_vpc_security_group_ingress_rule: {
          db: {
            ...tcp(5432),
            security_group_id: "${data.aws_ssm_parameter.p.insecure_value}",
            referenced_security_group_id: group("web"),
          },
        },
        aws_vpc_security_group_egress_rule: {
          all: { ip_protocol: "-1", security_group_id: group("web"), cidr_ipv4: "0.0.0.0/0" },
        },
      },
      { aws_ssm_parameter: { p: { name: "/shop/db-group" } } },
      "service",
    );
    expect(exposure([service, platform]).arrows).toEqual([{ from: "web", to: "db", ports: "tcp 5432", reason: "" }]);
  });

  it("tells a way that only one side knows from one that is open", () => {
    const { arrows, halves } = exposure([changed({ aws_vpc_security_group_egress_rule: {} })]);
    expect(arrows).toEqual([]);
    expect(halves).toEqual([{ from: "web", to: "db", ports: "tcp 5432", reason: "queries", missing: "egress" }]);
    expect(exposure([changed({ aws_vpc_security_group_ingress_rule: {} })]).halves).toMatchObject([
      { missing: "ingress" },
    ]);
  });

  it("takes a way out on other ports for no way", () => {
    const rules = { db: { ...tcp(5433), security_group_id: group("web"), referenced_security_group_id: group("db") } };
    expect(
      exposure([changed({ aws_vpc_security_group_egress_rule: rules })]).halves.map(({ missing }) => missing),
    ).toEqual(["egress", "ingress"]);
  });

  it("names a group by its place in the code, and one that nobody knows by its id", () => {
    const rules = { x: { ...tcp(80), security_group_id: "sg-1", referenced_security_group_id: group("web") } };
    const web = { ...named("x"), "//": { metadata: { path: "shop/web/connections/group" } } };
    const { halves } = exposure([stack({ aws_security_group: { web }, aws_vpc_security_group_ingress_rule: rules })]);
    expect(halves).toMatchObject([{ from: "shop/web", to: "sg-1" }]);
  });
});

describe("the table of an exposure", () => {
  it("has a chapter for each direction, in columns", () => {
    expect(exposureTable(exposure([stack(shop)]))).toBe(
      [
        "From outside",
        "  0.0.0.0/0  ->  web  tcp 443  aws_lb.web  customers",
        "",
        "Between groups",
        "  web  ->  db  tcp 5432  queries",
        "",
        "To the outside",
        "  web  ->  0.0.0.0/0  tcp 443  AWS",
      ].join("\n"),
    );
  });

  it("says when there is nothing, and what is half open", () => {
    expect(exposureTable(exposure([]))).toContain("From outside\n  nothing can be reached");
    const half = exposureTable(exposure([changed({ aws_vpc_security_group_egress_rule: {} })]));
    expect(half).toContain("Half open: the other side has no rule\n  web  ->  db  tcp 5432  queries  no egress");
  });
});

describe.each(["dev", "production"] as const)("WordPress of %s", (name) => {
  const environment = described(name);
  const seen: Exposure = exposure([
    { name: `wordpress-platform-${name}`, document: platformOf(environment).document },
    { name: `wordpress-service-${name}`, document: serviceOf(environment).document },
  ]);

  it("can be reached from outside at its load balancers only (S2-10, S2-11)", () => {
    expect(seen.world.length).toBeGreaterThan(0);
    expect([...new Set(seen.world.flatMap(({ carriers }) => carriers.map(({ type }) => type)))]).toEqual(["aws_lb"]);
    for (const { ports, carriers } of seen.world) {
      expect(ports).toMatch(/^tcp (80|443)$/);
      expect(carriers).toHaveLength(1);
    }
  });

  it("lets the load balancer reach the machines and the machines the database, and nobody skip a step (S2-11, S2-R06)", () => {
    const own = seen.arrows.filter(({ to }) => /\/(machines|database|entrance-\w+)$/.test(to));
    const platform = `wordpress-platform-${name}`;
    expect(own.map(({ from, to, ports }) => `${from} -> ${to}: ${ports}`).sort()).toEqual([
      `${platform}/entrance-public -> ${platform}/machines: tcp 32768-65535`,
      `${platform}/machines -> ${platform}/database: tcp 3306`,
      // Where there is a proxy, it has a way too, and no task's is closed before it knows the proxy.
      ...(name === "production" ? [`${platform}/proxy -> ${platform}/database: tcp 3306`] : []),
    ]);
    expect(seen.halves).toEqual([]);
  });
});
