import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import type { Ports } from "../../src/core/ports";
import type { ProtocolPorts } from "../../src/core/protocol-ports";
import { synthesize } from "../../src/testing/synthesize";
import { type Connectable, Connections } from ".";

const thing = (stack: TerraformStack, id: string, ports?: Ports): Connectable => ({
  connections: new Connections(new Construct(stack, id), "connections", { vpcId: "vpc-1", ports }),
});

describe("the connections of a thing", () => {
  it("lets nobody in or out until told to (S0-22)", () => {
    const { all } = synthesize((stack) => thing(stack, "db", 5432));
    expect([...all(VpcSecurityGroupIngressRule), ...all(VpcSecurityGroupEgressRule)]).toEqual([]);
  });

  it("writes one rule on each side of an arrow, each with the other group as its peer", () => {
    const { one, all } = synthesize((stack) =>
      thing(stack, "db", 5432).connections.allowFrom(thing(stack, "web"), "queries"),
    );
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({
      ip_protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
      description: "web to db: queries",
      security_group_id: expect.stringContaining("db_connections_group"),
      referenced_security_group_id: expect.stringContaining("web_connections_group"),
    });
    expect(one(VpcSecurityGroupEgressRule)).toMatchObject({
      from_port: 5432,
      security_group_id: expect.stringContaining("web_connections_group"),
      referenced_security_group_id: expect.stringContaining("db_connections_group"),
    });
    expect(all(SecurityGroup)).toHaveLength(2);
  });

  it("never writes a rule inside the group, so that no apply removes an arrow (problem 19)", () => {
    const { all } = synthesize((stack) =>
      thing(stack, "db", 5432).connections.allowFrom(thing(stack, "web"), "queries"),
    );
    for (const group of all(SecurityGroup)) expect(Object.keys(group)).not.toContain("ingress");
    for (const group of all(SecurityGroup)) expect(Object.keys(group)).not.toContain("egress");
  });

  it("can be replaced while in use: a prefix as name, the successor first, rules revoked (problem 20)", () => {
    expect(synthesize((stack) => thing(stack, "db", 5432)).one(SecurityGroup)).toMatchObject({
      name_prefix: "test-db-",
      revoke_rules_on_delete: true,
      lifecycle: { create_before_destroy: true },
    });
  });

  it("opens a range of ports, as for containers on ports that Docker chooses", () => {
    const { one } = synthesize((stack) =>
      thing(stack, "machines", { from: 32_768, to: 65_535 }).connections.allowFrom(
        thing(stack, "entrance"),
        "requests",
      ),
    );
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 32_768, to_port: 65_535 });
  });

  it("is open to the world only where asked by name, on the port asked for", () => {
    const { one } = synthesize((stack) => thing(stack, "entrance", 443).connections.allowFromInternet("redirect", 80));
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({ cidr_ipv4: "0.0.0.0/0", from_port: 80, to_port: 80 });
  });

  it("calls the internet over HTTPS only", () => {
    const { one } = synthesize((stack) => thing(stack, "machines").connections.allowToInternet("AWS APIs"));
    expect(one(VpcSecurityGroupEgressRule)).toMatchObject({ cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 });
  });

  it("admits an address range in IPv4 and in IPv6", () => {
    const { all } = synthesize((stack) => {
      const { connections } = thing(stack, "db", 5432);
      connections.allowFromAddresses("office", "192.0.2.0/24", "analysts");
      connections.allowFromAddresses("office6", "2001:db8::/32", "analysts");
    });
    expect(all(VpcSecurityGroupIngressRule)).toEqual([
      expect.objectContaining({ cidr_ipv6: "2001:db8::/32" }),
      expect.objectContaining({ cidr_ipv4: "192.0.2.0/24" }),
    ]);
  });

  it("calls the internet on another port only by name, and accounts for it", () => {
    let written: object[] = [];
    const { all } = synthesize((stack) => {
      const { connections } = thing(stack, "machines");
      connections.allowToInternet("AWS APIs");
      connections.allowToInternet("packages of Debian", 80);
      const rules = connections.node.children.filter((one) => one instanceof VpcSecurityGroupEgressRule);
      written = rules.map((rule) => rule.toTerraform());
    });
    expect(all(VpcSecurityGroupEgressRule).map(({ from_port, to_port }) => [from_port, to_port])).toEqual([
      [80, 80],
      [443, 443],
    ]);
    const reason = "Asked for by name, for machines: packages of Debian";
    expect(JSON.stringify(written)).toContain(JSON.stringify([{ rule: "SG-06", reason, source: "generator" }]));
    expect(JSON.stringify(written).match(/SG-06/g)).toHaveLength(1);
  });

  it("calls an address range outside on the port asked for, and lets nobody in by that (S0-25)", () => {
    const { one, all } = synthesize((stack) =>
      thing(stack, "web", 80).connections.allowToAddresses("data-centre", "192.168.40.0/24", 5432, "entries"),
    );
    expect(one(VpcSecurityGroupEgressRule)).toMatchObject({
      ...{ ip_protocol: "tcp", from_port: 5432, to_port: 5432, cidr_ipv4: "192.168.40.0/24" },
      description: "web to data-centre: entries",
    });
    expect(all(VpcSecurityGroupIngressRule)).toEqual([]);
  });

  it("calls a second port of the same range by a second rule", () => {
    const { all } = synthesize((stack) => {
      const { connections } = thing(stack, "web");
      for (const port of [5432, 6432]) connections.allowToAddresses("data-centre", "192.168.40.0/24", port, "entries");
    });
    expect(all(VpcSecurityGroupEgressRule).map((rule) => rule.from_port)).toEqual([5432, 6432]);
  });

  it("lets those who share it reach each other, by a rule on each side per protocol and port (S4-D07)", () => {
    const { all } = synthesize((stack) =>
      thing(stack, "machines", 5000).connections.allowAmong(["2377/tcp", "7946/tcp", "7946/udp", "4789/udp"], "Swarm"),
    );
    const swarm = [
      ["tcp", 2377],
      ["tcp", 7946],
      ["udp", 4789],
      ["udp", 7946],
    ];
    for (const side of [VpcSecurityGroupIngressRule, VpcSecurityGroupEgressRule]) {
      const rules = all(side);
      expect(rules.map(({ ip_protocol, from_port }) => [ip_protocol, from_port]).sort()).toEqual(swarm);
      for (const rule of rules) {
        expect(rule.referenced_security_group_id).toBe(rule.security_group_id);
        expect(rule.description).toBe("among machines: Swarm");
        expect([rule.cidr_ipv4, rule.to_port]).toEqual([undefined, rule.from_port]);
      }
    }
  });

  it("keeps the address of a rule among its own when others come before it", () => {
    const addresses = (ports: readonly ProtocolPorts[]) =>
      synthesize((stack) => thing(stack, "machines").connections.allowAmong(ports, "Swarm")).addresses();
    expect(addresses(["2377/tcp", "4789/udp"])).toEqual(expect.arrayContaining(addresses(["4789/udp"])));
  });

  it("lets those who share it speak VRRP, a protocol without ports (S1-44)", () => {
    const { one } = synthesize((stack) => thing(stack, "frontends").connections.allowAmong(["vrrp"], "keepalived"));
    for (const side of [VpcSecurityGroupIngressRule, VpcSecurityGroupEgressRule]) {
      expect(one(side)).toMatchObject({ ip_protocol: "112", description: "among frontends: keepalived" });
      for (const port of ["from_port", "to_port", "cidr_ipv4"]) expect(one(side)).not.toHaveProperty(port);
    }
  });

  it.each(["7946", "7946/icmp", "0/tcp"])("refuses %j among its own", (ports) => {
    const build = (stack: TerraformStack) =>
      thing(stack, "machines").connections.allowAmong([ports as ProtocolPorts], "Swarm");
    expect(() => synthesize(build)).toThrow(
      "test/machines/connections: ports must be ports from 1 to 65535 with their protocol",
    );
  });

  it("has a second arrow from the same peer on other ports, and the first keeps its address", () => {
    const arrows = (...ports: Ports[]) =>
      synthesize((stack) => {
        const [server, web] = [thing(stack, "server", 8140), thing(stack, "web")];
        server.connections.allowFrom(web, "agents");
        for (const port of ports) server.connections.allowFrom(web, "packages", port);
      });
    const [before, after] = [arrows(), arrows(8080)];
    expect(after.addresses()).toEqual(expect.arrayContaining(before.addresses()));
    for (const side of [VpcSecurityGroupIngressRule, VpcSecurityGroupEgressRule]) {
      const [added, ...others] = after.all(side).sort((a, b) => a.from_port - b.from_port);
      expect(added).toMatchObject({ from_port: 8080, to_port: 8080, description: "web to server: packages" });
      expect(others).toEqual(before.all(side));
    }
  });

  it.each<[string, Ports, Ports]>([
    ["a port", 8140, 8140],
    ["a range", { from: 1000, to: 2000 }, { from: 1000, to: 2000 }],
    ["a port as a range", 8140, { from: 8140, to: 8140 }],
  ])("is one arrow, whether its owner's ports are named or not: AWS takes a rule once (%s)", (_, own, named) => {
    const arrow = (ports?: Ports) =>
      synthesize((stack) => thing(stack, "server", own).connections.allowFrom(thing(stack, "web"), "agents", ports));
    expect(arrow(named).json).toBe(arrow().json);
  });

  it("refuses an arrow that is there already, with what to do", () => {
    const twice = (first?: Ports, second?: Ports) => () =>
      synthesize((stack) => {
        const [server, web] = [thing(stack, "server", 8140), thing(stack, "web")];
        for (const ports of [first, second]) server.connections.allowFrom(web, "agents", ports);
      });
    const message = "test/server/connections: ports must be ports that no rule from-web opens yet, got";
    for (const build of [twice(), twice(8140), twice(undefined, 8140)]) expect(build).toThrow(message);
    expect(twice(8080, 8080)).toThrow('ports that no rule from-web-8080 opens yet, got "8080"; write the arrow once');
  });

  it("refuses to call the internet twice on a port", () => {
    const calls =
      (...ports: number[]) =>
      () =>
        synthesize((stack) => {
          const { connections } = thing(stack, "web");
          for (const port of ports) connections.allowToInternet("packages", port);
        });
    expect(calls(80, 443)).not.toThrow();
    expect(calls(80, 80)).toThrow(
      'test/web/connections: ports must be ports that no rule to-internet-80 opens yet, got "80"',
    );
    expect(calls(443, 443)).toThrow('ports that no rule to-internet opens yet, got "443"; write the arrow once');
  });

  it("may be reached on named ports where its owner listens on none of its own", () => {
    const { one } = synthesize((stack) =>
      thing(stack, "machines").connections.allowFrom(thing(stack, "entrance"), "requests", 5000),
    );
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 5000, to_port: 5000 });
  });

  it("keeps to the characters and the length that AWS accepts in a description", () => {
    const { one } = synthesize((stack) =>
      thing(stack, "db", 5432).connections.allowFrom(thing(stack, "web"), `café "quoted"\n${"x".repeat(300)}`),
    );
    const { description } = one(VpcSecurityGroupIngressRule);
    expect(description).toMatch(/^web to db: caf {3}quoted {2}x+$/);
    expect(description.length).toBe(255);
  });

  it("refuses an arrow to a thing that listens on no port", () => {
    const build = (stack: TerraformStack) => thing(stack, "job").connections.allowFrom(thing(stack, "web"), "?");
    expect(() => synthesize(build)).toThrow(
      "test/job/connections: ports must be the TCP ports that its owner listens on, got undefined",
    );
  });

  it.each([0, 65_536])("refuses an arrow to port %j", (port) => {
    const refusals = [
      (stack: TerraformStack) => thing(stack, "web").connections.allowFrom(thing(stack, "ci"), "?", port),
      (stack: TerraformStack) => thing(stack, "web").connections.allowToAddresses("office", "192.0.2.0/24", port, "?"),
      (stack: TerraformStack) => thing(stack, "web").connections.allowToInternet("?", port),
    ];
    for (const build of refusals) expect(() => synthesize(build)).toThrow("test/web/connections: ports must be");
  });

  it.each([0, 65_536, 80.5, Number.NaN, { from: 2, to: 1 }])("refuses %j as ports", (ports) => {
    expect(() => synthesize((stack) => thing(stack, "db", ports))).toThrow(
      "ports must be a whole number from 1 to 65535",
    );
  });
});
