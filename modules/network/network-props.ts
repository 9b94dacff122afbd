import type { OnRemoval } from "../../src/core/removal";

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
   * The same for addresses of public subnets.
   * @default - none
   */
  readonly reservedPublic?: readonly string[];
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
