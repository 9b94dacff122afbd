import type { OnRemoval } from "../../src/core/removal";
import type { DataKind } from "./rights";

export interface BackupPlanProps {
  /** Name of the system and its environment, such as `shop-production`: that of vault, plan and role. */
  readonly name: string;
  /** Region of what is copied, and of the vault. */
  readonly region: string;
  /** The one tag of what is copied: everything in the account and region that carries it, whoever made it. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * The kind of each thing that carries the tag: one word for each, as there is an alarm where fewer copies are made in a day. The role
   * has rights for these kinds alone.
   */
  readonly kinds: readonly DataKind[];
  /**
   * Keys of the account's own that the data is encrypted with: the role may use them for its copies.
   * @default - none: the data has AWS's keys
   */
  readonly keyArns?: readonly string[];
  /**
   * Days that a copy is kept.
   * @default 35
   */
  readonly keepDays?: number;
  /**
   * Days that the copy of the first of each month is kept; no fewer than `keepDays`.
   * @default - as long as the others
   */
  readonly monthlyKeepDays?: number;
  /**
   * Hour of the day, in UTC, in which the copies begin. RDS refuses one in the hour before its own windows, and within them.
   * @default 1
   */
  readonly hour?: number;
  /**
   * `governance`: no copy can be deleted before it is `keepDays` old, unless somebody with the right to do so opens the lock first.
   * Needs `onRemoval: keep`. Another `keepDays` takes the lock away and puts it back, which takes that right too.
   * @default "none"
   */
  readonly lock?: "none" | "governance";
  /**
   * With `keep`, Terraform refuses to plan the end of the vault and of its key, for as long as the plan is in the code: a stack that
   * leaves it out must have Terraform forget vault, key and lock. Otherwise the vault goes with its copies.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}
