import type { Placement } from "../../src/core/placement";
import type { Ports } from "../../src/core/ports";
import type { OnRemoval } from "../../src/core/removal";

/** Something that the machines may do in AWS. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /**
   * Operator → condition key → value, as in IAM.
   * @default - no condition
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** How a new image, type or user data reaches the running machines: a few at a time, by replacement. */
export interface FleetRefresh {
  /**
   * Part of the machines that stays in service.
   * @default 100
   */
  readonly minHealthyPercent?: number;
  /**
   * How far the group may outgrow itself meanwhile, from 101 to 200. At least one machine more in any case.
   * @default 110
   */
  readonly maxHealthyPercent?: number;
  /**
   * Seconds from the start of a machine until its share of the work counts.
   * @default 120
   */
  readonly warmupSeconds?: number;
}

export interface FleetProps {
  /** Name of the system and its environment, such as `wordpress-dev`: first part of all names in AWS. */
  readonly name: string;
  readonly placement: Placement;
  readonly image: { readonly amiId: string };
  /** EC2 instance type, such as `t3.small`. Burstable types bill CPU beyond their baseline (except t2). */
  readonly instanceType: string;
  /**
   * Kind of processor, for an instance type that is newer than Slipway's table.
   * @default - as the table says
   */
  readonly architecture?: "x86_64" | "arm64";
  readonly min: number;
  /** Machines to start with. While ECS manages the size, a later change of this number does nothing. */
  readonly desired: number;
  readonly max: number;
  /**
   * What a machine does at its first boot: a script with `#!`, or cloud-init's `#cloud-config`. At most 16 KiB of text
   * known at synthesis. Everyone who may describe instances can read it: no secrets.
   * @default - nothing
   */
  readonly userData?: string;
  /**
   * Size of the encrypted root volume. AWS's ECS images need 30 at least.
   * @default 30
   */
  readonly volumeGib?: number;
  /**
   * Name of the image's root device. With another name, the machine gets a second, empty volume.
   * @default "/dev/xvda", as in Amazon Linux and Debian
   */
  readonly rootDevice?: string;
  /**
   * Whether each machine gets a public address of its own, for a network without NAT. AWS bills it by the hour, and chooses
   * another one for each machine. Who gets in is still up to `connections`.
   * @default false
   */
  readonly publicAddress?: boolean;
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
   * Who decides how many machines run, between `min` and `max`: we, by `desired`, or an ECS capacity provider.
   * A change makes a new group beside the old one.
   * @default "us"
   */
  readonly sizeManagedBy?: "us" | "ecs";
  /** @default - one machine more at a time, none less */
  readonly refresh?: FleetRefresh;
  /**
   * Seconds after its start during which a machine may fail checks.
   * @default 300
   */
  readonly healthCheckGraceSeconds?: number;
  /**
   * Metrics each minute instead of each five minutes. Billed per machine.
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * Tags of the machines and their volumes, as plain text. The provider's default tags do not reach them.
   * @default - Name only
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * `destroy` lets the group go at once, without waiting for its machines to end. Machines hold no data in either case.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}
