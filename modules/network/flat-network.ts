import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { Construct } from "constructs";
import { zoneLetter } from "../../src/core/address-plan";
import { secondPlan } from "../../src/core/flat-range";
import type { ZonedPlacement } from "../../src/core/placement";
import type { Connectable } from "../connections";
import { layBase } from "./base";
import { checkFlat } from "./checks";
import { Endpoints } from "./endpoints";
import type { FlatNetworkProps, SecondRange } from "./flat-network-props";
import { reserve } from "./reservations";
import { Tier } from "./tier";
import { joined, WebSubnets } from "./web-subnets";

/**
 * A VPC with one subnet that takes all of it, routed to and from the internet.
 *
 * Whoever lives there and is to call out asks for a public address itself: there is no NAT, and no machine gets an address
 * by accident. Without `web`, everything but the data is in one zone: it is as available as that zone, and a load balancer finds no
 * second one.
 */
export class FlatNetwork extends Construct {
  readonly vpcId: string;
  /** The range given. */
  readonly cidr: string;
  /** Zone of the subnet. */
  readonly zone: string;
  /** The one subnet. */
  readonly placement: ZonedPlacement;
  /** The subnets of the second range, where there is one. */
  readonly data: ZonedPlacement | undefined;
  /** That subnet together with those in further zones, and the closed ones of all these zones, where there are any. */
  readonly web: { readonly public: ZonedPlacement; readonly private: ZonedPlacement } | undefined;
  /**
   * The interface endpoints, where there are any. They admit the whole network; whoever is closed on its own side is let
   * out by `network.endpoints.connections.allowFrom(machine, "why")`.
   */
  readonly endpoints: Connectable | undefined;

  constructor(scope: Construct, id: string, props: FlatNetworkProps) {
    super(scope, id);
    const {
      name,
      region,
      cidr,
      zone,
      data,
      web,
      reserved = [],
      endpoints = [],
      flowLogDays = 30,
      onRemoval = "keep",
    } = props;
    checkFlat(this, { name, region, cidr, zone, data, web, reserved, endpoints, flowLogDays });

    const { vpc, internet } = layBase(this, { name, region, cidr, flowLogDays, onRemoval });
    this.vpcId = vpc.id;
    this.cidr = cidr;
    this.zone = zone;
    const open = this.openSubnet(props, internet);
    this.placement = { vpcId: vpc.id, subnetIds: [open.subnetId], byZone: { [zoneLetter(zone)]: open.subnetId } };
    const closed = data && this.closedSubnets(name, data);
    this.data = closed?.placement;
    const further = web && new WebSubnets(this, "web", { name, vpcId: vpc.id, zone, internet, ...web });
    this.web = further && { public: joined(this.placement, further.public), private: further.private };

    const { connections } = new Endpoints(this, "endpoints", {
      ...{ name, region, cidr, placement: this.placement, services: endpoints },
      furtherCidr: web?.cidr,
      routeTables: { public: open.routeTableId, ...closed?.routeTables, ...further?.routeTables },
    });
    this.endpoints = connections && { connections };
  }

  /** Its addresses name no zone: the subnet of another zone has the same range, and must wait until this one is gone. */
  private openSubnet({ name, zone, cidr, reserved = [] }: FlatNetworkProps, internet: InternetGateway) {
    const routes = new RouteTable(this, "routes", { vpcId: this.vpcId, tags: { Name: `${name}-public` } });
    const out = new Route(this, "out", {
      routeTableId: routes.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internet.id,
    });
    const subnet = new Subnet(this, "subnet", {
      vpcId: this.vpcId,
      availabilityZone: zone,
      cidrBlock: cidr,
      mapPublicIpOnLaunch: false,
      tags: { Name: `${name}-public` },
    });
    const link = new RouteTableAssociation(this, "link", {
      subnetId: subnet.id,
      routeTableId: routes.id,
      dependsOn: [out, ...reserve(this, subnet.id, reserved)],
    });
    // The subnet's id by way of its link: a machine booted before the route exists would not find its registry, and one
    // booted before the reservations might have an address of another.
    return { subnetId: link.subnetId, routeTableId: routes.id };
  }

  private closedSubnets(name: string, { cidr, zones }: SecondRange) {
    const range = new VpcIpv4CidrBlockAssociation(this, "second-range", { vpcId: this.vpcId, cidrBlock: cidr });
    const tier = new Tier(this, "data", {
      name,
      // By way of the range: before AWS has added it, it is no place for a subnet.
      vpcId: range.vpcId,
      zones: [...zones].sort(),
      plan: secondPlan(cidr),
      tables: "one",
    });
    return { routeTables: tier.routeTables, placement: { ...tier.placement, vpcId: this.vpcId } };
  }
}
