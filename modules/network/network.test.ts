import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcEndpointRouteTableAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-route-table-association";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { type Block, type Synthesized, synthesize } from "../../src/testing/synthesize";
import { Network, type NetworkProps } from ".";

const twoZones = ["eu-west-1a", "eu-west-1b"];
const threeZones = [...twoZones, "eu-west-1c"];

const network = (props: Partial<NetworkProps> = {}) =>
  synthesize((stack) => {
    const { vpcId, cidr, natAddresses, ...made } = new Network(stack, "network", {
      name: "wordpress-dev",
      region: "eu-west-1",
      cidr: "10.180.0.0/16",
      zones: twoZones,
      ...props,
    });
    for (const tier of ["public", "private", "data"] as const) {
      new TerraformOutput(stack, tier, { value: made[tier].subnetIds });
    }
    new TerraformOutput(stack, "nat_addresses", { value: natAddresses });
    new TerraformOutput(stack, "private_routes", { value: made.privateRouteTableIds });
    new TerraformOutput(stack, "vpc", { value: `${vpcId} ${cidr}` });
  });

const output = (made: Synthesized, name: string) => made.document.output[name].value;

/** The subnets of a tier as a user of the network gets them: through their links to a route table. */
const subnetsOf = (made: Synthesized, tier: string): Block[] =>
  output(made, tier).map((id: string) => made.at(made.at(id).subnet_id));

/** Where the traffic of each zone of a tier to the internet goes. */
const waysOut = (made: Synthesized, tier: string): string[] =>
  output(made, tier).map((id: string) => {
    const route = made.all(Route).find((one) => one.route_table_id === made.at(id).route_table_id);
    return route?.nat_gateway_id ?? route?.gateway_id ?? "nowhere";
  });

/** Everything with an address of its own in a Terraform document: address → attributes. */
const blocks = (made: Synthesized): Record<string, Block> =>
  Object.fromEntries(made.addresses().map((address) => [address, made.at(address.replace(/^data\./, ""))]));

describe("a network", () => {
  it("is one VPC that knows its machines by name (S2-05)", () => {
    expect(network().one(Vpc)).toMatchObject({
      cidr_block: "10.180.0.0/16",
      enable_dns_hostnames: true,
      enable_dns_support: true,
    });
  });

  it("has a public and a private subnet in each of two zones, at the original's addresses (S2-04) (S2-06) (S2-R02)", () => {
    const made = network();
    expect(subnetsOf(made, "public")).toMatchObject([
      { availability_zone: "eu-west-1a", cidr_block: "10.180.8.0/21" },
      { availability_zone: "eu-west-1b", cidr_block: "10.180.16.0/21" },
    ]);
    expect(subnetsOf(made, "private")).toMatchObject([
      { availability_zone: "eu-west-1a", cidr_block: "10.180.24.0/21" },
      { availability_zone: "eu-west-1b", cidr_block: "10.180.32.0/21" },
    ]);
    expect(made.all(Subnet)).toHaveLength(4);
  });

  it("puts every pair of a public and a private subnet in a zone of its own (S2-07)", () => {
    const made = network({ zones: threeZones });
    const zones = (tier: string) => subnetsOf(made, tier).map((subnet) => subnet.availability_zone);
    expect(zones("public")).toEqual(threeZones);
    expect(zones("private")).toEqual(threeZones);
  });

  it("has three public subnets where a network of before had them, and the others where the plan puts them (S4-38)", () => {
    const [a, b, c] = ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"] as const;
    const publicRanges = { "eu-west-1c": c, "eu-west-1a": a, "eu-west-1b": b };
    const made = network({ cidr: "10.0.0.0/16", zones: threeZones, publicRanges });
    expect(subnetsOf(made, "public").map(({ cidr_block }) => cidr_block)).toEqual([a, b, c]);
    const without = network({ cidr: "10.0.0.0/16", zones: threeZones });
    expect(subnetsOf(made, "private")).toEqual(subnetsOf(without, "private"));
    expect(made.addresses()).toEqual(without.addresses());
  });

  it("refuses ranges that the plan keeps for others, and zones that it has not", () => {
    expect(() => network({ publicRanges: { "eu-west-1a": "10.180.24.0/24" } })).toThrow(
      "test/network: publicRanges of zone a must be apart from 10.180.24.0/21, which is kept for the private subnet of zone a",
    );
    expect(() => network({ publicRanges: { "eu-west-1c": "10.180.1.0/24" } })).toThrow(
      "test/network: publicRanges must be of the zones eu-west-1a, eu-west-1b",
    );
  });

  it("keeps addresses of private subnets for those who name them, before anybody else can have them (S0-28)", () => {
    const plain = network();
    expect(plain.all(Ec2SubnetCidrReservation)).toEqual([]);
    const made = network({ reserved: ["10.180.32.10", "10.180.24.11"] });
    const kept = made.all(Ec2SubnetCidrReservation);
    expect(kept.map(({ cidr_block, reservation_type }) => [cidr_block, reservation_type])).toEqual([
      ["10.180.24.11/32", "explicit"],
      ["10.180.32.10/32", "explicit"],
    ]);
    const homes = kept.map(({ subnet_id }) => made.at(subnet_id).cidr_block);
    expect(homes).toEqual(["10.180.24.0/21", "10.180.32.0/21"]);
    const [a, b] = output(made, "private").map((id: string) => made.at(id).depends_on);
    expect(a).toContainEqual(expect.stringMatching(/^aws_ec2_subnet_cidr_reservation\.\S+_reserved-10-180-24-11_/));
    expect(b).toContainEqual(expect.stringMatching(/^aws_ec2_subnet_cidr_reservation\.\S+_reserved-10-180-32-10_/));
    expect(made.addresses()).toEqual(expect.arrayContaining(plain.addresses()));
    expect(network({ reserved: ["10.180.24.11", "10.180.32.10"] }).json).toEqual(made.json);
  });

  it("keeps addresses of public subnets as well, before a NAT gateway can take one (S1-45)", () => {
    const made = network({ nat: "one", reservedPublic: ["10.180.8.16"] });
    const kept = made.one(Ec2SubnetCidrReservation);
    expect(kept).toMatchObject({ cidr_block: "10.180.8.16/32", reservation_type: "explicit" });
    expect(made.at(kept.subnet_id).cidr_block).toBe("10.180.8.0/21");
    expect(() => network({ reservedPublic: ["10.180.24.16"] })).toThrow(
      "reservedPublic must be an IPv4 address of a public subnet: 10.180.8.0/21",
    );
    expect(() => network({ reservedPublic: ["10.180.8.16", "10.180.8.16"] })).toThrow("different from each other");
  });

  it("gives no machine a public address by itself", () => {
    for (const subnet of network({ dataTier: true }).all(Subnet)) expect(subnet.map_public_ip_on_launch).toBe(false);
  });

  it("empties the security group that AWS gives to whoever names none", () => {
    const group = network().one(DefaultSecurityGroup);
    expect(group.vpc_id).toMatch(/aws_vpc/);
    expect(Object.keys(group).filter((key) => /gress$/.test(key))).toEqual([]);
  });

  it("hands out its id and its range", () => {
    expect(output(network(), "vpc")).toMatch(/^\$\{aws_vpc\.network_vpc_\w+\.id\} 10\.180\.0\.0\/16$/);
  });
});

describe("the routes of a network", () => {
  it("lead from the public tier to the internet gateway, by one table", () => {
    const made = network();
    const gateway = expect.stringMatching(/^\$\{aws_internet_gateway\./);
    expect(waysOut(made, "public")).toEqual([gateway, gateway]);
    expect(made.all(InternetGateway)).toHaveLength(1);
    const tables = output(made, "public").map((id: string) => made.at(id).route_table_id);
    expect(new Set(tables).size).toBe(1);
  });

  it("lead each private subnet to the NAT gateway of its own zone, each with its own address (S2-R03)", () => {
    const made = network({ nat: "per-zone" });
    const nats = waysOut(made, "private").map((id) => made.at(id));
    const zones = nats.map((nat) => made.at(made.at(nat.subnet_id).subnet_id));
    expect(zones).toMatchObject([
      { availability_zone: "eu-west-1a", cidr_block: "10.180.8.0/21" },
      { availability_zone: "eu-west-1b", cidr_block: "10.180.16.0/21" },
    ]);
    expect(new Set(nats.map((nat) => nat.allocation_id)).size).toBe(2);
    expect(made.all(Eip)).toMatchObject([{ domain: "vpc" }, { domain: "vpc" }]);
    expect(made.all(RouteTable)).toHaveLength(3);
    expect(output(made, "nat_addresses")).toEqual([
      expect.stringMatching(/^\$\{aws_eip\.network_nat-a-address_\w+\.public_ip\}$/),
      expect.stringMatching(/^\$\{aws_eip\.network_nat-b-address_\w+\.public_ip\}$/),
    ]);
  });

  it("are handed out for the private tier by names that stay when a zone is added (S0-20)", () => {
    const [before, after] = [network(), network({ zones: ["eu-west-1c", ...twoZones] })];
    expect(Object.keys(output(after, "private_routes"))).toEqual(["private-a", "private-b", "private-c"]);
    expect(output(after, "private_routes")).toMatchObject(output(before, "private_routes"));
    const links = output(after, "private").map((id: string) => after.at(id).route_table_id);
    expect(Object.values(output(after, "private_routes"))).toEqual(links);
  });

  it("share the NAT gateway of the first zone unless asked otherwise", () => {
    const made = network();
    expect(made.one(NatGateway)).toBeDefined();
    const [first, second] = waysOut(made, "private");
    expect(second).toBe(first);
    expect(first).toMatch(/nat-a/);
  });

  it("lead nowhere from the private tier without NAT, and nothing is paid for", () => {
    const made = network({ nat: "none" });
    expect(waysOut(made, "private")).toEqual(["nowhere", "nowhere"]);
    expect([...made.all(NatGateway), ...made.all(Eip)]).toEqual([]);
    expect(output(made, "nat_addresses")).toEqual([]);
  });

  it("lead nowhere from the data tier, whatever else there is", () => {
    const made = network({ dataTier: true, nat: "per-zone" });
    expect(waysOut(made, "data")).toEqual(["nowhere", "nowhere"]);
    expect(subnetsOf(made, "data")).toMatchObject([{ cidr_block: "10.180.40.0/21" }, { cidr_block: "10.180.48.0/21" }]);
  });

  it("put data in the private tier where there is no data tier", () => {
    const made = network();
    expect(output(made, "data")).toEqual(output(made, "private"));
  });

  it("exist before anything that lives in a subnet, and until after its end", () => {
    const made = network();
    for (const id of [...output(made, "public"), ...output(made, "private")]) {
      expect(id).toMatch(/^\$\{aws_route_table_association\.\S+\.subnet_id\}$/);
      expect(made.at(id).depends_on).toEqual([expect.stringMatching(/^aws_route\.network_(public|private)_out/)]);
    }
  });

  it("need the internet gateway before a NAT gateway's address works", () => {
    expect(network().one(Eip).depends_on).toEqual([expect.stringMatching(/^aws_internet_gateway\./)]);
  });
});

describe("a network that grows", () => {
  it.each<Partial<NetworkProps>>([
    {},
    { nat: "per-zone", dataTier: true },
    { nat: "none" },
  ])("by a zone only adds resources and changes none (problem 18): %j", (props) => {
    const [before, after] = [blocks(network(props)), blocks(network({ ...props, zones: threeZones }))];
    for (const [address, block] of Object.entries(before)) expect(after[address]).toEqual(block);
    expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
  });

  it("by a zone changes nothing of its interface endpoints but their list of subnets (problem 18)", () => {
    const endpoints = ["ecr.api", "logs"];
    const [before, after] = [blocks(network({ endpoints })), blocks(network({ endpoints, zones: threeZones }))];
    const changed = Object.keys(before).filter((at) => JSON.stringify(before[at]) !== JSON.stringify(after[at]));
    expect(changed).toHaveLength(2);
    for (const address of changed) {
      expect(after[address]).toEqual({
        ...before[address],
        subnet_ids: [...before[address]!.subnet_ids, expect.stringContaining("private_link-c")],
      });
    }
  });

  it("by a data tier only adds resources", () => {
    const [before, after] = [blocks(network()), blocks(network({ dataTier: true }))];
    for (const [address, block] of Object.entries(before)) expect(after[address]).toEqual(block);
  });

  it("from one NAT gateway to one per zone keeps the one it has, and the address that partners know", () => {
    const [before, after] = [blocks(network()), blocks(network({ nat: "per-zone" }))];
    const changed = Object.keys(before).filter((at) => JSON.stringify(before[at]) !== JSON.stringify(after[at]));
    expect(changed).toEqual([expect.stringMatching(/^aws_route\.network_private_out-b_/)]);
  });

  it("has addresses made of tier and zone, so that a reader of a plan knows which subnet it is about (problem 27)", () => {
    const subnets = network({ zones: threeZones, dataTier: true })
      .addresses()
      .filter((address) => address.startsWith("aws_subnet."));
    expect(subnets.map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual(
      ["data", "private", "public"].flatMap((tier) =>
        ["a", "b", "c"].map((letter) => `aws_subnet.network_${tier}_subnet-${letter}`),
      ),
    );
  });

  it("is the same network however its zones are ordered", () => {
    expect(network({ zones: ["eu-west-1b", "eu-west-1a"] }).document).toEqual(network().document);
  });
});

describe("the endpoints of a network", () => {
  it("reach S3 without NAT from every route table, always", () => {
    const made = network({ dataTier: true, nat: "per-zone" });
    expect(made.one(VpcEndpoint)).toMatchObject({
      service_name: "com.amazonaws.eu-west-1.s3",
      vpc_endpoint_type: "Gateway",
    });
    const served = made.all(VpcEndpointRouteTableAssociation).map((link) => made.at(link.route_table_id).tags.Name);
    expect(served.sort()).toEqual(
      ["data", "private-a", "private-b", "public"].map((table) => `wordpress-dev-${table}`),
    );
    expect(made.all(RouteTable)).toHaveLength(served.length);
  });

  it("answer to the public names of the services asked for, in every private subnet", () => {
    const made = network({ endpoints: ["ecr.api", "secretsmanager"] });
    const interfaces = made.all(VpcEndpoint).filter((endpoint) => endpoint.vpc_endpoint_type === "Interface");
    expect(interfaces.map((endpoint) => endpoint.service_name).sort()).toEqual([
      "com.amazonaws.eu-west-1.ecr.api",
      "com.amazonaws.eu-west-1.secretsmanager",
    ]);
    for (const endpoint of interfaces) {
      expect(endpoint).toMatchObject({ private_dns_enabled: true, subnet_ids: output(made, "private") });
    }
  });

  it("let in HTTPS from the network and nobody else", () => {
    expect(network({ endpoints: ["logs", "ecr.dkr"] }).one(VpcSecurityGroupIngressRule)).toMatchObject({
      cidr_ipv4: "10.180.0.0/16",
      from_port: 443,
      to_port: 443,
      description: "network to endpoints: calls to AWS APIs",
    });
  });

  it("bring no security group where none was asked for", () => {
    expect(network().all(VpcSecurityGroupIngressRule)).toEqual([]);
  });
});

describe("the flow logs of a network", () => {
  it("record what was accepted and what was refused, for thirty days", () => {
    const made = network();
    expect(made.one(FlowLog)).toMatchObject({
      traffic_type: "ALL",
      log_destination_type: "cloud-watch-logs",
      log_destination: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\./),
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
    });
    expect(made.one(CloudwatchLogGroup)).toMatchObject({ name: "wordpress-dev-flow-logs", retention_in_days: 30 });
  });

  it("are kept as long as asked", () => {
    expect(network({ flowLogDays: 365 }).one(CloudwatchLogGroup).retention_in_days).toBe(365);
  });

  it("stay in CloudWatch when the network goes, unless asked otherwise", () => {
    expect(network().one(CloudwatchLogGroup).skip_destroy).toBe(true);
    expect(network({ onRemoval: "destroy" }).one(CloudwatchLogGroup).skip_destroy).toBe(false);
  });

  it("are written by a role that only the flow logs of this account and region can borrow", () => {
    const role = network().one(IamRole);
    expect(role.name).toBe("wordpress-dev-eu-west-1-flow-logs");
    const [statement] = JSON.parse(role.assume_role_policy).Statement;
    expect(statement.Principal).toEqual({ Service: "vpc-flow-logs.amazonaws.com" });
    expect(statement.Condition.StringEquals["aws:SourceAccount"]).toMatch(/^\$\{data\.aws_caller_identity\./);
    expect(statement.Condition.ArnLike["aws:SourceArn"]).toMatch(/^arn:\S+:ec2:eu-west-1:\S+:vpc-flow-log\/\*$/);
  });

  it("may write into their own log group and nothing else", () => {
    const { Statement } = JSON.parse(network().one(IamRolePolicy).policy);
    const writes = Statement.filter(({ Action }: Block) => /Put|Create|Delete/.test(JSON.stringify(Action)));
    expect(writes).toEqual([
      expect.objectContaining({ Resource: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.\S+\.arn\}:\*$/) }),
    ]);
    expect(JSON.stringify(Statement)).not.toMatch(/"\*"|logs:\*/);
  });
});

describe("a network refuses", () => {
  it.each<[string, Partial<NetworkProps>, string]>([
    [
      "a range with host bits",
      { cidr: "10.0.0.1/16" },
      'cidr must be the first address of its range, got "10.0.0.1/16"; did you mean 10.0.0.0/16?',
    ],
    ["a range that is too wide", { cidr: "10.0.0.0/8" }, "cidr must be a range from /16 to /23"],
    ["a range that is too small", { cidr: "10.0.0.0/24" }, "cidr must be a range from /16 to /23"],
    ["a range with a leading zero", { cidr: "010.0.0.0/16" }, "cidr must be an IPv4 range in CIDR notation"],
    ["the range of Docker", { cidr: "172.17.0.0/16" }, "cidr must be outside 172.17.0.0/16"],
    ["a single zone", { zones: ["eu-west-1a"] }, 'zones must be at least two zones, got ["eu-west-1a"]'],
    ["no zone", { zones: [] }, "zones must be at least two zones, got []"],
    ["the same zone twice", { zones: ["eu-west-1a", "eu-west-1a"] }, "zones must be different from each other"],
    [
      "a zone of another region",
      { zones: ["eu-west-1a", "us-east-1b"] },
      'zones must be the name of an availability zone of eu-west-1, got "us-east-1b"; did you mean eu-west-1b?',
    ],
    ["a zone id", { zones: ["euw1-az1", "euw1-az2"] }, "zones must be the name of an availability zone of eu-west-1"],
    [
      "the full name of a service",
      { endpoints: ["com.amazonaws.eu-west-1.ecr.api"] },
      "endpoints must be the last part of an AWS service name",
    ],
    ["a second endpoint for S3", { endpoints: ["s3"] }, "endpoints must be services without a gateway endpoint"],
    ["the same service twice", { endpoints: ["logs", "logs"] }, "endpoints must be different from each other"],
    [
      "a period that CloudWatch Logs does not offer",
      { flowLogDays: 31 },
      "flowLogDays must be one of 1, 3, 5, 7, 14, 30",
    ],
    ["to keep its flow logs for ever", { flowLogDays: 0 }, "flowLogDays must be one of"],
    [
      "to keep an address of another tier",
      { reserved: ["10.180.8.10"] },
      'reserved must be an IPv4 address of a private subnet: 10.180.24.0/21, 10.180.32.0/21, got "10.180.8.10"',
    ],
    [
      "to keep an address of a zone without subnet",
      { reserved: ["10.180.64.10"] },
      "reserved must be an IPv4 address of",
    ],
    ["to keep the address of the router", { reserved: ["10.180.24.1"] }, "reserved must be none of the first four"],
    ["to keep half an address", { reserved: ["10.180.24"] }, "reserved must be an IPv4 address of"],
    ["to keep an address twice", { reserved: ["10.180.24.9", "10.180.24.9"] }, "reserved must be different from"],
    ["a name that AWS would refuse somewhere", { name: "WordPress ${dev}" }, "name must be lower-case letters"],
  ])("%s", (_, props, message) => {
    expect(() => network(props)).toThrow(`test/network: ${message}`);
  });
});
