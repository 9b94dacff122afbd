import type { Placement } from "../../src/core/placement";
import type { Ports } from "../../src/core/ports";
import type { OnRemoval } from "../../src/core/removal";
import type { Statement } from "../machine-role";

/** What a machine can be told about itself at its first boot. */
export interface MachineFacts {
  /** Id of the data volume, `vol-…`; nothing where there is none. Known only after apply: pass it on, never parse it. */
  readonly dataVolumeId: string | undefined;
}

export interface MachineProps {
  /** Name of the system and its environment, such as `wordpress-mysql-dev`: first part of all names in AWS. */
  readonly name: string;
  /** The one subnet that the machine stands in. */
  readonly placement: Placement;
  /** Availability zone of that subnet, for the data volume. Another zone makes everything anew: a volume cannot move. */
  readonly zone: string;
  readonly image: { readonly amiId: string };
  /** EC2 instance type, such as `t3.small`. A change restarts the machine. */
  readonly instanceType: string;
  /**
   * The machine's address, for those who know it by nothing else. It stays when the machine is replaced.
   * @default - one that AWS chooses; it stays as well
   */
  readonly privateIp?: string;
  /**
   * Address range of the subnet, to check `privateIp` against.
   * @default - AWS checks it, at apply
   */
  readonly subnetCidr?: string;
  /**
   * What the machine does at its first boot: a script with `#!`, or cloud-init's `#cloud-config`. At most 16 KiB. Values of
   * other resources may be in it. Everyone who may describe instances can read it: no secrets.
   * @default - nothing
   */
  readonly userData?: (facts: MachineFacts) => string;
  /**
   * Size of the encrypted root volume. It goes with the machine.
   * @default 8
   */
  readonly rootGib?: number;
  /**
   * Size of an encrypted volume of its own for data, in GiB. It outlives the machine, can grow, and never shrinks. The file system
   * on it grows by what the machine does, not by the apply: `resize2fs`, while it is mounted.
   * @default - none: whatever is written goes with the machine
   */
  readonly dataGib?: number;
  /**
   * TCP ports that the machine listens on.
   * @default - none
   */
  readonly ports?: Ports;
  /**
   * What the machine may do in AWS beyond being reached through Session Manager.
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * Whether the machine may be replaced, as by a new image or user data. While it may not, AWS refuses to end it and the apply
   * fails with the machine still at work: apply "allowed" first, on its own, and then the change.
   * @default - "refused" where `onRemoval` is "keep", otherwise "allowed"
   */
  readonly replacement?: "allowed" | "refused";
  /**
   * Metrics each minute instead of each five minutes. Billed per machine.
   * @default false
   */
  readonly detailedMonitoring?: boolean;
  /**
   * Tags of the machine and its volumes, as plain text.
   * @default - Name only
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Whether the data volume may go. While the machine is in the code, Terraform refuses to plan the volume's end or
   * replacement; when it is removed from the code, the volume goes and leaves a last snapshot.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}
