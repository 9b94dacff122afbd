import type { CacheEngine } from "../../src/core/cache-engines";
import type { Placement } from "../../src/core/placement";
import type { OnRemoval } from "../../src/core/removal";

export interface CacheProps {
  /** Id of the replication group, at most 40 characters: part of its host names. Another id is another, empty cache. */
  readonly name: string;
  /** Subnets to live in: at least two zones, of a tier that the internet cannot reach. */
  readonly placement: Placement;
  /**
   * What answers. From `redis` to `valkey` is an upgrade in place; nothing leads back.
   * @default "valkey"
   */
  readonly engine?: CacheEngine;
  /**
   * Major and minor version, such as "8.2"; the patch follows AWS. It can only rise.
   * @default - "8.0" of Valkey, "7.1" of Redis
   */
  readonly version?: string;
  /** ElastiCache node type, such as `cache.t4g.small`. */
  readonly nodeType: string;
  /**
   * Nodes: one primary and its replicas, 2 to 6, spread over the zones of the placement.
   * @default 2
   */
  readonly nodes?: number;
  /**
   * Zones of the nodes when they are first made, one per node, the primary first. Later changes move nothing.
   * @default - AWS spreads them
   */
  readonly zones?: readonly string[];
  /**
   * Whether clients speak TLS.
   *
   * - `off`: they do not. Turning it on later goes by `preferred`, in an apply of its own.
   * - `preferred`: both are answered, for clients that know no TLS and while others are moved.
   * - `required`: a client without TLS is refused.
   * @default "required"
   */
  readonly transitEncryption?: "off" | "preferred" | "required";
  /**
   * Id of an ElastiCache user group, for clients that say who they are. Only with `transitEncryption: "required"`. A password of
   * the group as a whole (`auth_token`) is not offered: Terraform would write it into the state.
   * @default - none: whoever is let in by the network may do anything
   */
  readonly userGroupId?: string;
  /**
   * Days that daily snapshots are kept, 1 to 35.
   * @default 7
   */
  readonly snapshotDays?: number;
  /**
   * Daily window of the snapshot, in UTC, of an hour or more.
   * @default - 03:00-04:00, or the next hour that is free of maintenance
   */
  readonly snapshotWindow?: string;
  /**
   * Weekly window in which AWS may replace nodes for patches and for changes of this description, in UTC, of an hour or more.
   * @default - sun:04:30-sun:05:30, or the next hour that is free of snapshots
   */
  readonly maintenanceWindow?: string;
  /**
   * When a change that restarts nodes happens.
   * @default "in-window"
   */
  readonly changes?: "in-window" | "now";
  /**
   * Days that CloudWatch keeps the slow log and the engine's log.
   * @default 30
   */
  readonly logDays?: number;
  /**
   * Topic that hears of failovers and of nodes that come and go. ElastiCache writes to no topic that is encrypted.
   * @default - none
   */
  readonly eventTopicArn?: string;
  /**
   * Topic that hears of replicas that fall behind, of busy engines and of full memory, on the nodes 001 to the number of nodes:
   * as AWS numbers them, unless replicas come and go by hand.
   * @default - none: there are no alarms
   */
  readonly alarmTopicArn?: string;
  /**
   * Whether the data may go. While the cache is in the code, Terraform refuses to plan its end or replacement; when it is
   * removed from the code, a last snapshot and the logs stay.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}
