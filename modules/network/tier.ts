import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";
import { type AddressPlan, overlaps, type Tier as TierName, zoneLetter } from "../../src/core/address-plan";
import type { ZonedPlacement } from "../../src/core/placement";
import { reserve } from "./reservations";

type WayOut = { readonly gatewayId: string } | { readonly natGatewayId: string };

interface TierProps {
  readonly name: string;
  readonly vpcId: string;
  readonly zones: readonly string[];
  readonly plan: AddressPlan;
  /** Route tables: one for all zones, or one for each. */
  readonly tables: "one" | "per-zone";
  /**
   * Where the traffic of a zone to the internet goes.
   * @default - nowhere
   */
  readonly wayOut?: (zone: string) => WayOut | undefined;
  /**
   * Addresses that only those get who name them.
   * @default - none
   */
  readonly reserved?: readonly string[];
}

/** One subnet per zone, and the routes they follow. Its id is its place in the address plan. */
export class Tier extends Construct {
  readonly placement: ZonedPlacement;
  /** Ids of the route tables, by names that tell them from those of other tiers. */
  readonly routeTables: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: TierName, { name, vpcId, zones, plan, tables, ...props }: TierProps) {
    super(scope, id);
    const table = (suffix: string, zone: string) => {
      const routes = new RouteTable(this, `routes${suffix}`, { vpcId, tags: { Name: `${name}-${id}${suffix}` } });
      const target = props.wayOut?.(zone);
      const out =
        target &&
        new Route(this, `out${suffix}`, { routeTableId: routes.id, destinationCidrBlock: "0.0.0.0/0", ...target });
      return { key: `${id}${suffix}`, id: routes.id, ready: out ? [out] : [] };
    };
    const shared = tables === "one" ? table("", zones[0]!) : undefined;
    const places = zones.map((zone) => {
      const letter = zoneLetter(zone);
      const routes = shared ?? table(`-${letter}`, zone);
      const cidrBlock = plan.slot(id, letter);
      const subnet = new Subnet(this, `subnet-${letter}`, {
        vpcId,
        availabilityZone: zone,
        cidrBlock,
        mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-${id}-${letter}` },
      });
      const own = (props.reserved ?? []).filter((address) => overlaps(`${address}/32`, cidrBlock));
      const ready = [...routes.ready, ...reserve(this, subnet.id, own)];
      const link = new RouteTableAssociation(this, `link-${letter}`, {
        subnetId: subnet.id,
        routeTableId: routes.id,
        dependsOn: ready.length > 0 ? ready : undefined,
      });
      // The subnet's id by way of its link: a machine booted before the route exists would not find its registry, and one
      // booted before the reservations might have an address of another.
      return { letter, routes, subnetId: link.subnetId };
    });
    this.placement = {
      vpcId,
      subnetIds: places.map(({ subnetId }) => subnetId),
      byZone: Object.fromEntries(places.map(({ letter, subnetId }) => [letter, subnetId])),
    };
    this.routeTables = Object.fromEntries(places.map(({ routes }) => [routes.key, routes.id]));
  }
}
