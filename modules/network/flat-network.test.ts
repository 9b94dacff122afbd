import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcEndpointRouteTableAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-route-table-association";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Connections } from "../connections";
import { FlatNetwork, type FlatNetworkProps } from ".";

const valid: FlatNetworkProps = {
  name: "wordpress-mysql-dev",
  region: "eu-west-3",
  cidr: "10.0.0.0/24",
  zone: "eu-west-3a",
};
const web = { cidr: "10.3.0.0/22", zones: ["eu-west-3b", "eu-west-3c"] };
const data = { cidr: "10.2.0.0/24", zones: ["eu-west-3a", "eu-west-3b"] };

const network = (props: Partial<FlatNetworkProps> = {}) =>
  synthesize((stack) => {
    const made = new FlatNetwork(stack, "network", { ...valid, ...props });
    new TerraformOutput(stack, "placement", { value: made.placement.subnetIds });
    if (made.web) {
      new TerraformOutput(stack, "open", { value: made.web.public.subnetIds });
      new TerraformOutput(stack, "closed", { value: made.web.private.byZone });
    }
    if (made.data) new TerraformOutput(stack, "data", { value: made.data.subnetIds });
    new TerraformOutput(stack, "facts", { value: [made.vpcId, made.cidr, made.zone] });
  });

describe("a flat network", () => {
  it("is one VPC whose one subnet takes the whole range (S3-02, S3-R03)", () => {
    const { one } = network();
    expect(one(Vpc)).toMatchObject({ cidr_block: "10.0.0.0/24", enable_dns_hostnames: true, enable_dns_support: true });
    expect(one(Subnet)).toMatchObject({ cidr_block: "10.0.0.0/24", availability_zone: "eu-west-3a" });
  });

  it("is routed to the internet, without NAT (S3-D04)", () => {
    const { one, all } = network();
    expect(one(Route)).toMatchObject({
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: expect.stringMatching(/^\$\{aws_internet_gateway\./),
    });
    expect([...all(NatGateway), ...all(Eip)]).toEqual([]);
  });

  it("gives no machine a public address by itself: a database stays without (S3-27)", () => {
    for (const subnet of network({ data }).all(Subnet)) expect(subnet.map_public_ip_on_launch).toBe(false);
  });

  it("has its way out before anything lives in it, and until after its end", () => {
    const { document, at } = network();
    const [id] = document.output.placement.value;
    expect(id).toMatch(/^\$\{aws_route_table_association\.network_link_\w+\.subnet_id\}$/);
    expect(at(id).depends_on).toEqual([expect.stringMatching(/^aws_route\.network_out_/)]);
  });

  it("keeps its addresses when it moves to another zone, so that the old subnet goes before the new one comes", () => {
    expect(network({ zone: "eu-west-3b" }).addresses()).toEqual(network().addresses());
  });

  it("keeps addresses for those who name them, before anybody else can have them (S3-R03)", () => {
    expect(network().all(Ec2SubnetCidrReservation)).toEqual([]);
    const { one } = network({ reserved: ["10.0.0.151"] });
    expect(one(Ec2SubnetCidrReservation)).toMatchObject({ cidr_block: "10.0.0.151/32", reservation_type: "explicit" });
    expect(one(RouteTableAssociation).depends_on).toContainEqual(
      expect.stringMatching(/^aws_ec2_subnet_cidr_reservation\.network_reserved-10-0-0-151_/),
    );
  });

  it.each(["10.0.1.1", "10.0.0.2", "10.0.0.255", "10.0.0.151/32"])("refuses to reserve %s", (address) => {
    expect(() => network({ reserved: [address] })).toThrow("test/network: reserved must be");
  });

  it("refuses to reserve an address twice", () => {
    expect(() => network({ reserved: ["10.0.0.151", "10.0.0.151"] })).toThrow(
      "reserved must be different from each other",
    );
  });

  it("empties the default security group and records every connection", () => {
    const { one } = network();
    expect(Object.keys(one(DefaultSecurityGroup)).filter((key) => /gress$/.test(key))).toEqual([]);
    expect(one(FlowLog)).toMatchObject({ traffic_type: "ALL" });
  });

  it("reaches S3 by route, for nothing, from every table", () => {
    const { one, all } = network({ data });
    expect(one(VpcEndpoint)).toMatchObject({
      service_name: "com.amazonaws.eu-west-3.s3",
      vpc_endpoint_type: "Gateway",
    });
    expect(all(VpcEndpointRouteTableAssociation)).toHaveLength(all(RouteTable).length);
  });

  it("tells others what it was given", () => {
    expect(network().document.output.facts.value).toEqual([
      expect.stringMatching(/^\$\{aws_vpc\./),
      "10.0.0.0/24",
      "eu-west-3a",
    ]);
  });
});

describe("the endpoints of a flat network", () => {
  it("let a machine without public address read its secret: HTTPS from the whole range (S3-D05)", () => {
    const { all, one, document } = network({ endpoints: ["secretsmanager"] });
    expect(all(VpcEndpoint)).toContainEqual(
      expect.objectContaining({
        service_name: "com.amazonaws.eu-west-3.secretsmanager",
        vpc_endpoint_type: "Interface",
        private_dns_enabled: true,
        subnet_ids: document.output.placement.value,
      }),
    );
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({
      cidr_ipv4: "10.0.0.0/24",
      from_port: 443,
      to_port: 443,
    });
  });

  it("let out whoever is closed on its own side, to them and nowhere else (S3-28, S3-D05)", () => {
    const { one } = synthesize((stack) => {
      const { vpcId, endpoints } = new FlatNetwork(stack, "network", { ...valid, endpoints: ["secretsmanager"] });
      const database = { connections: new Connections(new Construct(stack, "database"), "connections", { vpcId }) };
      endpoints!.connections.allowFrom(database, "its secret");
    });
    expect(one(VpcSecurityGroupEgressRule)).toMatchObject({
      security_group_id: expect.stringContaining("database_connections_group"),
      referenced_security_group_id: expect.stringContaining("network_endpoints_connections_group"),
      from_port: 443,
      to_port: 443,
    });
  });

  it("are none unless asked for", () => {
    synthesize((stack) => {
      const { endpoints } = new FlatNetwork(stack, "network", valid);
      expect(endpoints).toBeUndefined();
      new TerraformOutput(stack, "nothing", { value: "" });
    });
  });
});

describe("the second range of a flat network", () => {
  it("has one closed subnet per zone, for databases that AWS runs across zones (S3-W01, S3-W13)", () => {
    const { one, all, at, document } = network({ data });
    expect(one(VpcIpv4CidrBlockAssociation)).toMatchObject({ cidr_block: "10.2.0.0/24" });
    const links = document.output.data.value.map(at);
    expect(links.map((link: { subnet_id: string }) => at(link.subnet_id))).toMatchObject([
      { cidr_block: "10.2.0.0/27", availability_zone: "eu-west-3a" },
      { cidr_block: "10.2.0.32/27", availability_zone: "eu-west-3b" },
    ]);
    const routed = all(Route).map((route) => route.route_table_id);
    for (const link of links) expect(routed).not.toContain(link.route_table_id);
  });

  it("is there before its subnets", () => {
    const closed = network({ data })
      .all(Subnet)
      .filter(({ cidr_block }) => cidr_block.startsWith("10.2."));
    for (const subnet of closed) expect(subnet.vpc_id).toMatch(/^\$\{aws_vpc_ipv4_cidr_block_association\./);
  });

  it("only adds to the network, and a zone only adds to it (problem 18)", () => {
    const [without, two, three] = [
      network(),
      network({ data }),
      network({ data: { ...data, zones: ["eu-west-3c", ...data.zones] } }),
    ];
    expect(two.addresses()).toEqual(expect.arrayContaining(without.addresses()));
    expect(three.addresses()).toEqual(expect.arrayContaining(two.addresses()));
    expect(three.all(Subnet)).toEqual(expect.arrayContaining(two.all(Subnet)));
  });
});

describe("the web subnets of a flat network", () => {
  const zoneOf = (stack: ReturnType<typeof network>, id: string) => {
    const { availability_zone, cidr_block } = stack.at(stack.at(id).subnet_id);
    return [availability_zone, cidr_block];
  };

  it("give a load balancer the zones that it wants, the network's own subnet being one of them (S3-W03, S3-W05)", () => {
    const made = network({ web });
    expect(made.document.output.open.value.map((id: string) => zoneOf(made, id))).toEqual([
      ["eu-west-3a", "10.0.0.0/24"],
      ["eu-west-3b", "10.3.0.64/27"],
      ["eu-west-3c", "10.3.0.224/27"],
    ]);
    expect(made.document.output.open.value[0]).toBe(made.document.output.placement.value[0]);
    const routed = made.all(Route).map((route) => route.route_table_id);
    for (const id of made.document.output.open.value) expect(routed).toContain(made.at(id).route_table_id);
  });

  it("give an internal load balancer subnets without a way in or out, in every zone (S3-W12)", () => {
    const made = network({ web });
    const closed: Record<string, string> = made.document.output.closed.value;
    expect(Object.entries(closed).map(([letter, id]) => [letter, ...zoneOf(made, id)])).toEqual([
      ["a", "eu-west-3a", "10.3.0.96/27"],
      ["b", "eu-west-3b", "10.3.0.128/27"],
      ["c", "eu-west-3c", "10.3.1.0/27"],
    ]);
    const routed = made.all(Route).map((route) => route.route_table_id);
    for (const id of Object.values(closed)) expect(routed).not.toContain(made.at(id).route_table_id);
  });

  it("reach S3 and the endpoints as the first subnet does: an endpoint's name leads to it from everywhere", () => {
    const made = network({ web, endpoints: ["secretsmanager"] });
    expect(made.all(VpcEndpointRouteTableAssociation)).toHaveLength(made.all(RouteTable).length);
    expect(made.all(VpcSecurityGroupIngressRule).map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual([
      "10.0.0.0/24",
      "10.3.0.0/22",
    ]);
  });

  it("only add to the network, and a zone only adds to them (problem 18)", () => {
    const one = { ...web, zones: ["eu-west-3b"] };
    const [without, two, three] = [network({ data }), network({ data, web: one }), network({ data, web })];
    expect(two.addresses()).toEqual(expect.arrayContaining(without.addresses()));
    expect(two.all(Subnet)).toEqual(expect.arrayContaining(without.all(Subnet)));
    expect(three.addresses()).toEqual(expect.arrayContaining(two.addresses()));
    expect(three.all(Subnet)).toEqual(expect.arrayContaining(two.all(Subnet)));
  });
});

describe("a flat network refuses", () => {
  it.each<[string, Partial<FlatNetworkProps>, string]>([
    [
      "a web range without room for load balancers",
      { web: { ...web, cidr: "10.3.0.0/23" } },
      "web.cidr must be a range",
    ],
    [
      "a web range that touches that of the data",
      { data: { ...data, cidr: "10.3.1.0/24" }, web },
      "web.cidr must be apart from 10.3.1.0/24, the range of data",
    ],
    [
      "no further zone",
      { web: { ...web, zones: [] } },
      "web.zones must be one zone or more, each another than eu-west-3a",
    ],
    ["its own zone as a further one", { web: { ...web, zones: ["eu-west-3a"] } }, "web.zones must be one zone or more"],
    [
      "a further zone twice",
      { web: { ...web, zones: ["eu-west-3b", "eu-west-3b"] } },
      "web.zones must be one zone or more",
    ],
    ["a further zone elsewhere", { web: { ...web, zones: ["eu-west-1b"] } }, "web.zones must be the name of an"],
    ["a range that is too small", { cidr: "10.0.0.0/29" }, "cidr must be a range from /16 to /28"],
    ["a range with host bits", { cidr: "10.0.0.1/24" }, "cidr must be the first address of its range"],
    ["a zone of another region", { zone: "eu-west-1a" }, "zone must be the name of an availability zone of eu-west-3"],
    [
      "a second range that AWS would not add",
      { data: { ...data, cidr: "10.0.1.0/24" } },
      'data.cidr must be outside 10.0.0.0/16, got "10.0.1.0/24"; AWS adds none of it to a network in 10.0.0.0/15',
    ],
    ["a second range in one zone", { data: { ...data, zones: ["eu-west-3a"] } }, "data.zones must be at least two"],
    ["the name of no service", { endpoints: ["com.amazonaws.x"] }, "endpoints must be the last part"],
    ["a period that CloudWatch does not offer", { flowLogDays: 31 }, "flowLogDays must be one of"],
    ["a name that AWS would refuse somewhere", { name: "Blog" }, "name must be lower-case letters"],
  ])("%s", (_, props, message) => {
    expect(() => network(props)).toThrow(`test/network: ${message}`);
  });
});
