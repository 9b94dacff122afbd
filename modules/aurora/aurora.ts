import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { chooseWindows } from "../../src/core/rds-windows";
import { watchedAurora } from "../../src/core/watched/databases";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { type Connectable, Connections } from "../connections";
import { complaintsAbout } from "./checks";
import { engine, farewell, logGroups, logs, parameterGroups, port, subnetGroup } from "./companions";
import type { AuroraProps } from "./props";

/**
 * An encrypted Aurora MySQL cluster that nobody can reach until allowed: one writer, and readers of which one takes over.
 *
 * The data is in three zones whatever the number of members. RDS makes the administrator's password, keeps it in Secrets
 * Manager and renews it every seven days: no secret enters the code or the state, and whoever uses it reads it anew.
 */
export class Aurora extends Construct implements Connectable, Watchable {
  /** Say who may connect: `aurora.connections.allowFrom(api, "why")`. */
  readonly connections: Connections;
  readonly port = port;
  readonly databaseName: string;
  readonly user: string;
  private readonly cluster: RdsCluster;
  private readonly kind: Pick<AuroraProps, "capacity"> & { readonly readers: number };

  constructor(scope: Construct, id: string, props: AuroraProps) {
    super(scope, id);
    const { backupDays = 7, logDays = 30, readers = 1, onRemoval = "keep", changes = "in-window" } = props;
    for (const complaint of complaintsAbout({ ...props, backupDays, logDays, readers })) {
      throw new InvalidProps(this, complaint);
    }

    const { name, placement, databaseName, user, capacity, backtrackHours } = props;
    this.kind = { capacity, readers };
    this.databaseName = databaseName;
    this.user = user;
    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports: port });
    const { backupWindow, maintenanceWindow } = chooseWindows(props);
    const parameters = parameterGroups(this, props);
    this.cluster = new RdsCluster(this, "cluster", {
      clusterIdentifier: name,
      engine,
      // A prefix: minor versions move within it, and no plan moves them back.
      engineVersion: props.version,
      // Aurora wants to know the members' parameters for the new version together with it.
      ...(changes === "now" && { allowMajorVersionUpgrade: true, dbInstanceParameterGroupName: parameters.members }),
      applyImmediately: changes === "now",
      serverlessv2ScalingConfiguration: scaling(capacity),
      storageEncrypted: true,
      databaseName,
      masterUsername: user,
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      port,
      dbSubnetGroupName: subnetGroup(this, props),
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      dbClusterParameterGroupName: parameters.cluster,
      backupRetentionPeriod: backupDays,
      backtrackWindow: backtrackHours && backtrackHours * 3600,
      preferredBackupWindow: backupWindow,
      preferredMaintenanceWindow: maintenanceWindow,
      copyTagsToSnapshot: true,
      enabledCloudwatchLogsExports: [...logs],
      tags: { Name: name },
      ...farewell(this, props, onRemoval),
      // RDS would make missing log groups itself, and they would grow for ever.
      dependsOn: logGroups(this, props, logDays, onRemoval),
    });
    for (let number = 1; number <= readers + 1; number++) this.member(number, props, parameters.members);
  }

  /** Numbered, not named by role: after a failover the writer is another one. A smaller count takes away the last. */
  private member(number: number, props: AuroraProps, dbParameterGroupName: string): void {
    const { name, capacity, changes } = props;
    new RdsClusterInstance(this, `member-${number}`, {
      clusterIdentifier: this.cluster.id,
      identifier: `${name}-${number}`,
      engine,
      instanceClass: "serverless" in capacity ? "db.serverless" : capacity.instanceClass,
      // The lowest takes over first; the first two also keep the size of the writer, where size follows the load.
      promotionTier: number - 1,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      applyImmediately: changes === "now",
      dbParameterGroupName,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      preferredMaintenanceWindow: chooseWindows(props).maintenanceWindow,
      copyTagsToSnapshot: true,
      tags: { Name: `${name}-${number}` },
    });
  }

  /** Identifier of the cluster, as in the AWS console and in metrics. */
  get identifier(): string {
    return this.cluster.clusterIdentifier;
  }

  get watched(): Watched {
    return watchedAurora({ ...this.kind, identifier: this.identifier });
  }

  get clusterArn(): string {
    return this.cluster.arn;
  }

  /** Host name of the writer, whoever that is, without port. Known only after `apply`: pass it on, never parse it. */
  get host(): string {
    return this.cluster.endpoint;
  }

  /** Host name that spreads connections over the readers; the writer's where there is no reader. */
  get readerHost(): string {
    return this.cluster.readerEndpoint;
  }

  /** `host:port` of the writer. */
  get endpoint(): string {
    return `${this.host}:${port}`;
  }

  /** Secret of the administrator: JSON with the keys `username` and `password`. Known only after `apply`. */
  get secretArn(): string {
    return this.cluster.masterUserSecret.get(0).secretArn;
  }
}

function scaling(capacity: AuroraProps["capacity"]) {
  if (!("serverless" in capacity)) return undefined;
  const { minAcu, maxAcu } = capacity.serverless;
  return { minCapacity: minAcu, maxCapacity: maxAcu };
}
