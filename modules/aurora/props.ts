import type { Placement } from "../../src/core/placement";
import type { OnRemoval } from "../../src/core/removal";

/** What the members run on: capacity that follows the load between two ends, or machines of a class. */
export type AuroraCapacity =
  | {
      /**
       * Aurora capacity units of each member, about 2 GiB of memory each, in halves: at least `minAcu` (0 to 256; 0 lets an
       * idle cluster pause, and the first query then waits for about 15 seconds), at most `maxAcu` (1 to 256).
       */
      readonly serverless: { readonly minAcu: number; readonly maxAcu: number };
    }
  | {
      /** Class of each member, such as `db.r7g.large`. Aurora has fewer classes than RDS: none smaller than `db.t4g.medium`. */
      readonly instanceClass: string;
    };

export interface AuroraProps {
  /** Identifier of the cluster: unique among those of the account in the region, and part of the host names. */
  readonly name: string;
  /** Subnets to live in: at least two zones, of a tier that the internet cannot reach. */
  readonly placement: Placement;
  /** Version of MySQL to be compatible with: "8.0", which AWS calls Aurora 3, or "8.4". The minor version follows AWS. */
  readonly version: string;
  /** Database that exists from the start. Changing it replaces the cluster. */
  readonly databaseName: string;
  /** Administrator. Changing it replaces the cluster. */
  readonly user: string;
  readonly capacity: AuroraCapacity;
  /**
   * Members beside the writer, 0 to 15: they answer reads, and one takes over within a minute when the writer fails.
   * @default 1
   */
  readonly readers?: number;
  /**
   * Days of automatic backups kept, 1 to 35.
   * @default 7
   */
  readonly backupDays?: number;
  /**
   * Hours by which the cluster can be wound back in place, 1 to 72. Only a cluster that is made with it has it: added later,
   * AWS refuses.
   * @default - not at all
   */
  readonly backtrackHours?: number;
  /**
   * Daily window of the backup, in UTC.
   * @default - 03:00-04:00, or the next hour that is free of maintenance
   */
  readonly backupWindow?: string;
  /**
   * Weekly window in which AWS may restart members for minor versions and for changes of this description, in UTC.
   * @default - sun:04:30-sun:05:30, or the next hour that is free of backups
   */
  readonly maintenanceWindow?: string;
  /**
   * When a change that restarts members happens. "now" also lets the major version rise, which nothing takes back.
   * @default "in-window"
   */
  readonly changes?: "in-window" | "now";
  /**
   * Whether the server refuses connections without TLS.
   * @default true
   */
  readonly requireTls?: boolean;
  /**
   * Whether the data may go. While the cluster is in the code, Terraform refuses to plan its end or replacement; when it is
   * removed from the code, AWS still refuses to delete it: deletion protection has to be switched off first. The logs stay.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
  /**
   * Days that CloudWatch keeps the cluster's logs.
   * @default 30
   */
  readonly logDays?: number;
}
