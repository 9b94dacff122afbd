import type { Connectable } from "../connections";
import type { Statement } from "../machine-role";

/** Where one of the machines stands. */
export interface FrontEndPlace {
  /** A subnet with a route to the internet. Another one is another machine. */
  readonly subnetId: string;
  /** Availability zone of that subnet. */
  readonly zone: string;
  /** Address range of the subnet, which `privateIp` must be in. */
  readonly subnetCidr: string;
  /** The address by which the others know it. Another one is another machine. */
  readonly privateIp: string;
}

/** What a machine can be told about itself at its first boot. */
export interface FrontEndFacts {
  /** Its key in `machines`, such as `fe-1`. */
  readonly key: string;
}

export interface FrontEndsProps {
  /** Name of the system and its environment, such as `guestbook-mesos-dev`: first part of all names in AWS. */
  readonly name: string;
  readonly vpcId: string;
  /** The machines, by the names that they have: two or more. */
  readonly machines: Readonly<Record<string, FrontEndPlace>>;
  readonly image: { readonly amiId: string };
  /** EC2 instance type, such as `t3.small`. A machine that runs keeps its own until it is replaced. */
  readonly instanceType: string;
  /**
   * What a machine does at its first boot: a script with `#!`, or cloud-init's `#cloud-config`. At most 16 KiB. Values of other
   * resources may be in it. Everyone who may describe launch templates can read it: no secrets.
   */
  readonly userData: (facts: FrontEndFacts) => string;
  /**
   * Size of the encrypted root volume. It goes with the machine, and grows in place.
   * @default 8
   */
  readonly rootGib?: number;
  /**
   * Others whose security groups the machines carry beside their own.
   * @default - none
   */
  readonly alsoAs?: readonly Connectable[];
  /**
   * What the machines may do in AWS beyond being reached through Session Manager.
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * Tags of the machines, their interfaces and volumes, as plain text.
   * @default - Name, and `slipway:front-ends` with `name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}
