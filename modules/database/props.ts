import type { Placement } from "../../src/core/placement";
import type { OnRemoval } from "../../src/core/removal";
import type { Engine } from "./engines";

export interface DatabaseProps {
  /** Identifier of the instance: unique among the databases of the account in the region, and part of the host name. */
  readonly name: string;
  /** Subnets to live in: at least two zones, of a tier that the internet cannot reach. */
  readonly placement: Placement;
  readonly engine: Engine;
  /** Major version, such as "8.4" or "17"; the minor version follows AWS. */
  readonly version: string;
  /** RDS class, such as `db.t4g.micro`. */
  readonly instanceClass: string;
  /** Disk, in GiB. It can grow later and never shrink. */
  readonly storageGib: number;
  /**
   * Size in GiB up to which RDS enlarges a disk that is nearly full.
   * @default - the disk never grows by itself
   */
  readonly maxStorageGib?: number;
  /** Database that exists from the start. Changing it replaces the instance. */
  readonly databaseName: string;
  /** Administrator. Changing it replaces the instance. */
  readonly user: string;
  /**
   * Whether a standby in another zone takes over within a minute or two; doubles the price.
   * @default false
   */
  readonly multiAz?: boolean;
  /**
   * Days of automatic backups kept, 1 to 35.
   * @default 7
   */
  readonly backupDays?: number;
  /**
   * Daily window of the backup, in UTC.
   * @default - 03:00-04:00, or the next hour that is free of maintenance
   */
  readonly backupWindow?: string;
  /**
   * Weekly window in which AWS may restart the server for minor versions and for changes of this description, in UTC.
   * @default - sun:04:30-sun:05:30, or the next hour that is free of backups
   */
  readonly maintenanceWindow?: string;
  /**
   * When a change that restarts the server happens. "now" also lets the major version rise, which nothing takes back.
   * @default "in-window"
   */
  readonly changes?: "in-window" | "now";
  /**
   * Whether the server refuses connections without TLS.
   * @default true
   */
  readonly requireTls?: boolean;
  /**
   * Whether the data may go. While the instance is in the code, Terraform refuses to plan its end or replacement; when it is
   * removed from the code, AWS still refuses to delete it: deletion protection has to be switched off first. The logs stay.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
  /**
   * Days that CloudWatch keeps the server's logs.
   * @default 30
   */
  readonly logDays?: number;
}
