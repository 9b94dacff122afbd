import type { OnRemoval } from "../../src/core/removal";

/** A second address range of a flat network, for what AWS only runs across zones: RDS and Aurora. */
export interface SecondRange {
  /**
   * /16 to /25, apart from the network's own range and of the same kind. AWS adds nothing of 10.0.0.0/16 to a network in
   * 10.0.0.0/15: beside 10.0.0.0/24, use 10.2.0.0/24.
   */
  readonly cidr: string;
  /** Availability zones by name, at least two. */
  readonly zones: readonly string[];
}

/** Further zones of a flat network, for a load balancer, which wants two, and for machines beside those of the first one. */
export interface WebRange {
  /** /16 to /22, apart from the network's other ranges and of the same kind as its own: beside 10.0.0.0/24, 10.3.0.0/22. */
  readonly cidr: string;
  /** Availability zones by name, at least one: others than that of the network's own subnet. */
  readonly zones: readonly string[];
}

export interface FlatNetworkProps {
  /** First part of the names that AWS shows: lower-case letters, digits and dashes. */
  readonly name: string;
  /** Region of the zones, e.g. `eu-west-3`. */
  readonly region: string;
  /** Address range of the network and of its subnet, /16 to /28. It can never change: another range is another network. */
  readonly cidr: string;
  /** Availability zone of the subnet. Another zone is another subnet, and everything in it is made anew. */
  readonly zone: string;
  /**
   * Addresses of the subnet that only those get who name them. AWS gives any other to whoever comes first, and a machine that
   * is known by its address might come second.
   * @default - none
   */
  readonly reserved?: readonly string[];
  /**
   * Subnets with no way in or out, one per zone, in a range of their own.
   * @default - none: everything is in the one subnet
   */
  readonly data?: SecondRange;
  /**
   * Subnets in further zones, in a range of their own: one that is routed to the internet in each, and in every zone of the network
   * one without a way in or out, for an internal load balancer.
   * @default - none: a load balancer finds no second zone
   */
  readonly web?: WebRange;
  /**
   * AWS APIs to reach without leaving the network: the last part of a service name, e.g. `secretsmanager`. A machine
   * without public address reaches nothing else. Each costs by the hour.
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
