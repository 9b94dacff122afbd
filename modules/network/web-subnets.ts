import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { Construct } from "constructs";
import { addressPlan } from "../../src/core/address-plan";
import type { ZonedPlacement } from "../../src/core/placement";
import type { WebRange } from "./flat-network-props";
import { Tier } from "./tier";

interface WebSubnetsProps extends WebRange {
  readonly name: string;
  readonly vpcId: string;
  /** Zone of the network's own subnet, which needs no second public one. */
  readonly zone: string;
  readonly internet: InternetGateway;
}

/** Subnets of a flat network in further zones, in a range that the VPC gets for them. */
export class WebSubnets extends Construct {
  /** One in each further zone, routed to the internet. */
  readonly public: ZonedPlacement;
  /** One in each zone of the network, without a way in or out. */
  readonly private: ZonedPlacement;
  /** Ids of the route tables, by names that tell them from those of the network. */
  readonly routeTables: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { name, vpcId, zone, internet, cidr, zones }: WebSubnetsProps) {
    super(scope, id);
    const range = new VpcIpv4CidrBlockAssociation(this, "range", { vpcId, cidrBlock: cidr });
    // By way of the range: before AWS has added it, it is no place for a subnet.
    const site = { name: `${name}-web`, vpcId: range.vpcId, plan: addressPlan(cidr), tables: "one" } as const;
    const open = new Tier(this, "public", {
      ...{ ...site, zones: [...zones].sort() },
      wayOut: () => ({ gatewayId: internet.id }),
    });
    const closed = new Tier(this, "private", { ...site, zones: [zone, ...zones].sort() });
    this.public = { ...open.placement, vpcId };
    this.private = { ...closed.placement, vpcId };
    const tables = Object.entries({ ...open.routeTables, ...closed.routeTables });
    this.routeTables = Object.fromEntries(tables.map(([key, id]) => [`web-${key}`, id]));
  }
}

/** The subnets of both, in the order of their zones, which differ. */
export function joined(one: ZonedPlacement, other: ZonedPlacement): ZonedPlacement {
  const byZone = Object.fromEntries(
    Object.entries({ ...one.byZone, ...other.byZone }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { vpcId: one.vpcId, subnetIds: Object.values(byZone), byZone };
}
