import type { Placement } from "../../src/core/placement";
import type { Ports } from "../../src/core/ports";
import type { OnRemoval } from "../../src/core/removal";
import type { Connectable } from "../connections";
import type { Statement } from "../machine-role";

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

/** What machines can be told about their fleet, and what they may do can name. */
export interface FleetFacts {
  /** Plain text, to call AWS about the group itself, such as the end of a hook. */
  readonly autoScalingGroupName: string;
}

/** A pause in the life of a machine, until it says that it is done: `aws autoscaling complete-lifecycle-action`. */
export interface LifecycleHook {
  /** Name that the machine knows it by. */
  readonly name: string;
  /** Seconds that AWS waits for its word, 30 to 7200. */
  readonly timeoutSeconds: number;
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
   * What a machine does at its first boot: a script with `#!`, or cloud-init's `#cloud-config`. At most 16 KiB. Values of
   * other resources may be in it. Everyone who may describe instances can read it: no secrets.
   * @default - nothing
   */
  readonly userData?: string | ((facts: FleetFacts) => string);
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
   * Others whose security groups the machines carry beside their own.
   * @default - none
   */
  readonly alsoAs?: readonly Connectable[];
  /**
   * What the machines may do in AWS beyond being reached through Session Manager.
   * @default - nothing
   */
  readonly statements?: readonly Statement[] | ((facts: FleetFacts) => readonly Statement[]);
  /**
   * Who decides how many machines run, between `min` and `max`: we, by `desired`, or an ECS capacity provider.
   * A change makes a new group beside the old one.
   * @default "us"
   */
  readonly sizeManagedBy?: "us" | "ecs";
  /** @default - one machine more at a time, none less */
  readonly refresh?: FleetRefresh;
  /**
   * ARNs of target groups that each machine registers in, of load balancers that check it. A machine that they find ill is
   * replaced by another one.
   * @default - none: only a machine that no longer runs is replaced
   */
  readonly targetGroups?: readonly string[];
  /**
   * Whose word it takes to replace a machine. `machine`: EC2's alone, where ending machines would not help a service that
   * fails, or would harm it, as for the managers of a cluster.
   * @default - the load balancers' where there are target groups, otherwise EC2's
   */
  readonly healthCheckedBy?: "load-balancer" | "machine";
  /**
   * Lets machines say themselves when they are in service, by completing this hook with `CONTINUE`, which their statements must
   * allow. Until then no load balancer knows them. One that does not say so in time is ended and another one started: a
   * refresh that meets a mistake stops at its first machine, until it fails after an hour and goes back. An apply that makes
   * the group waits ten minutes longer than the hook. A fleet that gets its first hook, or loses it, gets another group beside
   * the old one.
   * @default - machines are in service as soon as they run
   */
  readonly launchHook?: LifecycleHook;
  /**
   * Lets machines finish something before they end: whoever is done completes this hook, which the machines' statements must
   * allow. Whoever is not ends all the same.
   * @default - machines end at once
   */
  readonly terminationHook?: LifecycleHook;
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
