import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { chooseWindows } from "../../src/core/rds-windows";
import { type WatchedDatabase, watchedDatabase } from "../../src/core/watched/databases";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { Connections } from "../connections";
import { complaintsAbout } from "./checks";
import { farewell, logGroups, parameterGroup, subnetGroup } from "./companions";
import { engines } from "./engines";
import type { DatabaseProps } from "./props";

/**
 * An encrypted RDS instance that nobody can reach until allowed.
 *
 * RDS makes the administrator's password, keeps it in Secrets Manager and renews it every seven days: no secret enters the
 * code or the state, and whoever uses it reads it anew.
 */
export class Database extends Construct implements Watchable {
  /** Say who may connect: `database.connections.allowFrom(api, "why")`. */
  readonly connections: Connections;
  /** Port that the engine listens on. */
  readonly port: number;
  readonly databaseName: string;
  readonly user: string;
  private readonly instance: DbInstance;
  private readonly kind: Omit<WatchedDatabase, "identifier">;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { backupDays = 7, logDays = 30, onRemoval = "keep", changes = "in-window" } = props;
    for (const complaint of complaintsAbout({ ...props, backupDays, logDays })) throw new InvalidProps(this, complaint);

    const { name, placement, engine, databaseName, user, instanceClass, storageGib, maxStorageGib } = props;
    this.kind = { engine, instanceClass, storageGib, maxStorageGib };
    this.port = engines[engine].port;
    this.databaseName = databaseName;
    this.user = user;
    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports: this.port });
    this.instance = new DbInstance(this, "instance", {
      identifier: name,
      engine,
      // A prefix: minor versions move within it, and no plan moves them back.
      engineVersion: props.version,
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade: changes === "now",
      applyImmediately: changes === "now",
      instanceClass: props.instanceClass,
      multiAz: props.multiAz ?? false,
      storageType: "gp3",
      allocatedStorage: props.storageGib,
      maxAllocatedStorage: props.maxStorageGib,
      storageEncrypted: true,
      dbName: databaseName,
      username: user,
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      port: this.port,
      publiclyAccessible: false,
      dbSubnetGroupName: subnetGroup(this, props),
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      parameterGroupName: parameterGroup(this, props),
      backupRetentionPeriod: backupDays,
      ...chooseWindows(props),
      copyTagsToSnapshot: true,
      enabledCloudwatchLogsExports: [...engines[engine].logs],
      tags: { Name: name },
      ...farewell(this, props, onRemoval),
      // RDS would make missing log groups itself, and they would grow for ever.
      dependsOn: logGroups(this, props, logDays, onRemoval),
    });
  }

  /** Identifier of the instance, as in the AWS console and in metrics. */
  get identifier(): string {
    return this.instance.identifier;
  }

  get watched(): Watched {
    return watchedDatabase({ ...this.kind, identifier: this.identifier });
  }

  get instanceArn(): string {
    return this.instance.arn;
  }

  /** Host name, without port. Known only after `apply`: pass it on, never parse it. */
  get host(): string {
    return this.instance.address;
  }

  /** `host:port`. */
  get endpoint(): string {
    return this.instance.endpoint;
  }

  /** Secret of the administrator: JSON with the keys `username` and `password`. Known only after `apply`. */
  get secretArn(): string {
    return this.instance.masterUserSecret.get(0).secretArn;
  }
}
