import { Construct } from "constructs";
import { zoneLetter } from "../../src/core/address-plan";
import type { ZonedPlacement } from "../../src/core/placement";
import type { OnRemoval } from "../../src/core/removal";
import { withPublicRanges } from "../../src/core/subnet-ranges";
import { watchedNat } from "../../src/core/watched/network";
import { eachAs, together, type Watchable, type Watched } from "../../src/core/watched/watched";
import { layBase } from "./base";
import { check } from "./checks";
import { Endpoints } from "./endpoints";
import { natGateways } from "./nat";
import { Tier } from "./tier";

export interface NetworkProps {
  /** First part of the names that AWS shows: lower-case letters, digits and dashes. */
  readonly name: string;
  /** Region of the zones, e.g. `eu-west-1`. */
  readonly region: string;
  /** Address range of the whole network, /16 to /23. It can never change: another range is another network. */
  readonly cidr: string;
  /** Availability zones by name, at least two. Their order means nothing; one added later moves nothing. */
  readonly zones: readonly string[];
  /**
   * Ranges of public subnets that are not where the address plan would put them, by zone. They lie where the plan puts nothing.
   * Choose them at the start: another range is another subnet, and AWS refuses to delete the one before while a load
   * balancer is in it.
   * @default - the plan's, for every zone that is not named
   */
  readonly publicRanges?: Readonly<Record<string, string>>;
  /**
   * Addresses of private subnets that only those get who name them. AWS gives any other to whoever comes first, and a machine
   * that is known by its address might come second.
   * @default - none
   */
  readonly reserved?: readonly string[];
  /**
   * NAT gateways, the private tier's way out. Each costs by the hour and by the gigabyte.
   *
   * - `none`: nothing leaves; every AWS API that is called needs an endpoint.
   * - `one`: in the first zone of the alphabet. When that zone fails, no zone calls out.
   * - `per-zone`: a zone stands or falls alone, and no traffic pays for crossing zones.
   * @default "one"
   */
  readonly nat?: "none" | "one" | "per-zone";
  /**
   * A third tier for data, with no route in or out of the network. Choose it at the start: RDS does not let go of the
   * subnets that a database is in.
   * @default false
   */
  readonly dataTier?: boolean;
  /**
   * AWS APIs to reach without leaving the network: the last part of a service name, e.g. `ecr.api`. Each costs by the hour
   * and zone.
   * @default - none; S3 has its own, which is free, always
   */
  readonly endpoints?: readonly string[];
  /**
   * Days that the record of accepted and refused connections is kept; one of the periods that CloudWatch Logs offers.
   * @default 30
   */
  readonly flowLogDays?: number;
  /**
   * What happens to that record when the network goes.
   * @default "keep" - it stays in CloudWatch
   */
  readonly onRemoval?: OnRemoval;
}

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
    const { publicRanges = {}, reserved = [] } = props;
    check(this, { name, region, cidr, zones: props.zones, publicRanges, reserved, endpoints, flowLogDays });
    const zones = [...props.zones].sort();

    const { vpc, internet } = layBase(this, { name, region, cidr, flowLogDays, onRemoval });
    this.vpcId = vpc.id;
    this.cidr = cidr;

    const ranges = Object.entries(publicRanges).map(([zone, range]) => [zoneLetter(zone), range] as const);
    const site = { name, vpcId: vpc.id, zones, plan: withPublicRanges(cidr, Object.fromEntries(ranges)) };
    const open = new Tier(this, "public", { ...site, tables: "one", wayOut: () => ({ gatewayId: internet.id }) });
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
