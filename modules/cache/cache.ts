import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { Construct } from "constructs";
import { engines } from "../../src/core/cache-engines";
import { InvalidProps } from "../../src/core/invalid-props";
import { chooseWindows } from "../../src/core/rds-windows";
import { watchedCache } from "../../src/core/watched/caches";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { type Connectable, Connections } from "../connections";
import { CacheAlarms, nodeNames } from "./alarms";
import { complaintsAbout } from "./checks";
import { farewell, logDelivery, parameterGroup, subnetGroup } from "./companions";
import type { CacheProps } from "./props";

/**
 * An encrypted ElastiCache replication group that nobody can reach until allowed: one primary, replicas in other zones, and an
 * automatic failover to one of them.
 *
 * The name of the primary endpoint follows the primary. Clients keep that name, never an address, look it up whenever they
 * connect and connect again when they are cut off; after a failure that takes a minute or so. What was written last may be lost.
 * Cluster mode is off, so that any client will do.
 */
export class Cache extends Construct implements Connectable, Watchable {
  /** Say who may connect: `cache.connections.allowFrom(web, "why")`. */
  readonly connections: Connections;
  readonly port = 6379;
  /** Of its nodes, by the names that AWS gives them. */
  readonly watched: Watched;
  private readonly group: ElasticacheReplicationGroup;

  constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    const { engine = "valkey", nodes = 2, transitEncryption = "required", onRemoval = "keep" } = props;
    const { version = engines[engine]?.usual, snapshotDays = 7, logDays = 30, changes = "in-window" } = props;
    const whole = { ...props, engine, version, nodes, transitEncryption, snapshotDays, logDays };
    for (const complaint of complaintsAbout(whole)) throw new InvalidProps(this, complaint);

    const { name, placement, zones, userGroupId, eventTopicArn, alarmTopicArn } = props;
    const windows = chooseWindows({ ...props, backupWindow: props.snapshotWindow });
    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports: this.port });
    this.group = new ElasticacheReplicationGroup(this, "group", {
      replicationGroupId: name,
      description: `cache ${this.node.path}`,
      ...{ engine, engineVersion: version, autoMinorVersionUpgrade: "true", nodeType: props.nodeType },
      ...{ numCacheClusters: nodes, automaticFailoverEnabled: true, multiAzEnabled: true },
      preferredCacheClusterAzs: zones && [...zones],
      subnetGroupName: subnetGroup(this, props),
      securityGroupIds: [this.connections.securityGroupId],
      parameterGroupName: parameterGroup(this, name, engine, version),
      port: this.port,
      atRestEncryptionEnabled: "true",
      transitEncryptionEnabled: transitEncryption !== "off",
      transitEncryptionMode: transitEncryption === "off" ? undefined : transitEncryption,
      userGroupIds: userGroupId === undefined ? undefined : [userGroupId],
      snapshotRetentionLimit: snapshotDays,
      snapshotWindow: windows.backupWindow,
      maintenanceWindow: windows.maintenanceWindow,
      applyImmediately: changes === "now",
      logDeliveryConfiguration: logDelivery(this, name, logDays, onRemoval),
      notificationTopicArn: eventTopicArn,
      tags: { Name: name },
      ...farewell(this, name, onRemoval),
    });
    this.watched = watchedCache(nodeNames(name, nodes));
    if (alarmTopicArn !== undefined) new CacheAlarms(this, "alarms", { name, nodes, topicArn: alarmTopicArn });
  }

  /** Host name that follows the primary, without port. Known only after `apply`: pass it on as it is, never as an address. */
  get primaryEndpoint(): string {
    return this.group.primaryEndpointAddress;
  }

  /** Host name that stands for the replicas, for whoever reads what may be a moment old. */
  get readerEndpoint(): string {
    return this.group.readerEndpointAddress;
  }

  /** Id of the replication group, for `aws elasticache test-failover`. */
  get replicationGroupId(): string {
    return this.group.replicationGroupId;
  }
}
