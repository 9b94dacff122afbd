/** Something that answers behind a security group: a load balancer, a launch template, a database, … */
export interface Carrier {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
}

/** A way in from outside. */
export interface Opening {
  /** The group that is open. */
  readonly address: string;
  readonly group: string;
  /** Address range or prefix list that gets in. */
  readonly from: string;
  readonly ports: string;
  /** Who answers there. */
  readonly carriers: readonly Carrier[];
  readonly reason: string;
}

/** A way from one group to another, by the names of their owners. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly reason: string;
}
