import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import type { Ports } from "../../src/core/ports";
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

  it.each([0, 65_536, 80.5, Number.NaN, { from: 2, to: 1 }])("refuses %j as ports", (ports) => {
    expect(() => synthesize((stack) => thing(stack, "db", ports))).toThrow(
      "ports must be a whole number from 1 to 65535",
    );
  });
});
