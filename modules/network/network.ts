import { Construct } from "constructs";
import { zoneLetter } from "../../src/core/address-plan";
import type { ZonedPlacement } from "../../src/core/placement";
import { withPublicRanges } from "../../src/core/subnet-ranges";
import { watchedNat } from "../../src/core/watched/network";
import { eachAs, together, type Watchable, type Watched } from "../../src/core/watched/watched";
import { layBase } from "./base";
import { check } from "./checks";
import { Endpoints } from "./endpoints";
import { natGateways } from "./nat";
import type { NetworkProps } from "./network-props";
import { Tier } from "./tier";

/**
 * A VPC with one subnet per tier and zone. No machine gets a public address by itself, the security group that AWS gives
 * to whoever names none lets nothing through, and every connection is on record.
 *
 * A new zone adds its subnets and routes; of what exists, only the interface endpoints change, in place, to serve it too.
 * Subnets are handed out by their link to a route table: what lives in them is made after the way out, and destroyed
 * before it.
 */
export class Network extends Construct implements Watchable {
  readonly vpcId: string;
  /** The range given. */
  readonly cidr: string;
  /** Routed to and from the internet; for load balancers. */
  readonly public: ZonedPlacement;
  /** Unreachable from the internet; calls out through NAT, if there is any. */
  readonly private: ZonedPlacement;
  /** For what keeps data: no way in or out. The private tier where the network has no data tier. */
  readonly data: ZonedPlacement;
  /** Route tables of the private tier, by names that stay, such as `private-a`: for routes that somebody else announces. */
  readonly privateRouteTableIds: Readonly<Record<string, string>>;
  /** Public addresses that calls from the private tier come from, by zone. Known only after apply; they stay. */
  readonly natAddresses: readonly string[];
  /** What there is to watch of the NAT gateways. */
  readonly watched: Watched;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const {
      name,
      region,
      cidr,
      nat = "one",
      dataTier = false,
      endpoints = [],
      flowLogDays = 30,
      onRemoval = "keep",
    } = props;
    const { publicRanges = {}, reserved = [], reservedPublic = [] } = props;
    check(this, {
      name,
      region,
      cidr,
      zones: props.zones,
      publicRanges,
      reserved,
      reservedPublic,
      endpoints,
      flowLogDays,
    });
    const zones = [...props.zones].sort();

    const { vpc, internet } = layBase(this, { name, region, cidr, flowLogDays, onRemoval });
    this.vpcId = vpc.id;
    this.cidr = cidr;

    const ranges = Object.entries(publicRanges).map(([zone, range]) => [zoneLetter(zone), range] as const);
    const site = { name, vpcId: vpc.id, zones, plan: withPublicRanges(cidr, Object.fromEntries(ranges)) };
    const open = new Tier(this, "public", {
      ...{ ...site, tables: "one", reserved: reservedPublic },
      wayOut: () => ({ gatewayId: internet.id }),
    });
    this.public = open.placement;

    const withDoor = zones.slice(0, { none: 0, one: 1, "per-zone": zones.length }[nat]);
    const doors = natGateways(this, { name, zones: withDoor, subnetIds: this.public.subnetIds, internet });
    const wayOut = (zone: string) => {
      const door = doors.find((own) => own.zone === zone) ?? doors[0];
      return door && { natGatewayId: door.gatewayId };
    };
    const closed = new Tier(this, "private", { ...site, tables: "per-zone", wayOut, reserved });
    const data = dataTier ? new Tier(this, "data", { ...site, tables: "one" }) : undefined;
    this.private = closed.placement;
    this.data = (data ?? closed).placement;
    this.privateRouteTableIds = closed.routeTables;

    const routeTables = { ...open.routeTables, ...closed.routeTables, ...data?.routeTables };
    new Endpoints(this, "endpoints", { name, region, cidr, placement: this.private, routeTables, services: endpoints });
    this.natAddresses = doors.map(({ address }) => address);
    this.watched = together(
      ...doors.map(({ zone, gatewayId }) => eachAs(`nat-${zoneLetter(zone)}`, watchedNat(gatewayId))),
    );
  }
}
