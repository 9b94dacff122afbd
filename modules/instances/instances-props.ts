import type { Placement } from "../../src/core/placement";
import type { Ports } from "../../src/core/ports";
import type { Statement } from "../machine-role";

/** Where machines come into service, such as the target group of a load balancer. */
export interface Registry {
  /** `key` is a fixed word for the machine. */
  register(key: string, instanceId: string): void;
}

export interface InstancesProps {
  /** Name of the system and its environment, such as `guestbook-dev`: first part of all names in AWS. */
  readonly name: string;
  /**
   * Subnets that the machines take in turn: the first machine the first, the second the second, and from the start again.
   * They should hand out no public addresses. A machine stays in its subnet when the list changes, until it is replaced.
   */
  readonly placement: Placement;
  readonly image: { readonly amiId: string };
  /** EC2 instance type, such as `t3.small`. A machine that runs keeps its own until it is replaced. */
  readonly instanceType: string;
  /** Machines that there are: one more makes one more, one less ends the last. */
  readonly count: number;
  /**
   * How many of them, counted from the first, `registry` knows. The others run and serve nobody: lower this first, and
   * `count` when the last requests are answered.
   * @default - all of them
   */
  readonly inService?: number;
  /**
   * Where the machines come into service.
   * @default - nowhere
   */
  readonly registry?: Registry;
  /**
   * What each machine does at its first boot, the same for all: a script with `#!`, or cloud-init's `#cloud-config`. At most
   * 16 KiB. Values of other resources may be in it. Everyone who may describe launch templates can read it: no secrets.
   * @default - nothing
   */
  readonly userData?: string;
  /**
   * Size of the encrypted root volume. It goes with the machine, and grows in place.
   * @default 8
   */
  readonly rootGib?: number;
  /**
   * Name of the image's root device.
   * @default "/dev/xvda", as in Amazon Linux and Debian
   */
  readonly rootDevice?: string;
  /**
   * TCP ports that the machines listen on.
   * @default - none
   */
  readonly ports?: Ports;
  /**
   * What the machines may do in AWS beyond being reached through Session Manager.
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * Metrics each minute instead of each five minutes. Billed per machine.
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * Tags of the machines and their volumes, as plain text.
   * @default - Name only
   */
  readonly tags?: Readonly<Record<string, string>>;
}
