import type { Placement } from "../../src/core/placement";
import type { Ports } from "../../src/core/ports";
import type { OnRemoval } from "../../src/core/removal";
import type { Connectable } from "../connections";
import type { Statement } from "../machine-role";

/** What the machine in a slot can be told about itself at its first boot. */
export interface SlotFacts {
  /** Id of the data volume, `vol-…`; nothing where there is none. Known only after apply: pass it on, never parse it. */
  readonly dataVolumeId: string | undefined;
}

export interface SlotProps {
  /** Name of the system and its environment, such as `guestbook-dev`: first part of all names in AWS. */
  readonly name: string;
  /** The one subnet that the machine stands in. */
  readonly placement: Placement;
  /** Availability zone of that subnet, for machine and data volume. Another zone makes both anew: a volume cannot move. */
  readonly zone: string;
  /** Address range of the subnet, which `privateIp` must be in. */
  readonly subnetCidr: string;
  /**
   * The address that all machines of this slot have, one after the other. Another one makes another interface: AWS refuses
   * to delete the old one while a machine has it, so set the group's size to 0 and wait before such an apply.
   */
  readonly privateIp: string;
  readonly image: { readonly amiId: string };
  /** EC2 instance type, such as `t3.small`. The machine that runs keeps its own until it is replaced. */
  readonly instanceType: string;
  /**
   * What a machine does at its first boot: a script with `#!`, or cloud-init's `#cloud-config`. At most 16 KiB. Values of
   * other resources may be in it. Everyone who may describe launch templates can read it: no secrets.
   * @default - nothing
   */
  readonly userData?: (facts: SlotFacts) => string;
  /**
   * Size of the encrypted root volume. It goes with each machine.
   * @default 8
   */
  readonly rootGib?: number;
  /**
   * Name of the image's root device. With another name, the machine gets a second, empty volume.
   * @default "/dev/xvda", as in Amazon Linux and Debian
   */
  readonly rootDevice?: string;
  /**
   * Size of an encrypted volume of its own for data, in GiB. It outlives the machines, can grow, and never shrinks. A machine
   * attaches it by itself at boot, as `systems/common/machine/attach-volume` does, which also lets the file system grow: at the
   * next boot after the apply.
   * @default - none: whatever is written goes with the machine
   */
  readonly dataGib?: number;
  /**
   * TCP ports that the machine listens on.
   * @default - none
   */
  readonly ports?: Ports;
  /**
   * Whose security group the machine has in the place of one of its own, such as that of all members of a quorum.
   * @default - it has one of its own
   */
  readonly memberOf?: Connectable;
  /**
   * Others whose security groups the machine carries beside its own: who may reach them reaches it, and where they may call, it may.
   * @default - none
   */
  readonly alsoAs?: readonly Connectable[];
  /**
   * What the machine may do in AWS beyond being reached through Session Manager and taking its data volume.
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * Metrics each minute instead of each five minutes. Billed per machine.
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * Tags of the machine, its interface and its volumes, as plain text.
   * @default - Name and `slipway:slot` only, and on the data volume `slipway:data` with `name`, for backups
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Whether the data volume may go. While the slot is in the code, Terraform refuses to plan the volume's end or
   * replacement; when it is removed from the code, the volume goes and leaves a last snapshot.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}
