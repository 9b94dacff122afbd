import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyTarget } from "@cdktf/provider-aws/lib/db-proxy-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { InvalidProps } from "../../src/core/invalid-props";
import { logDaysFault } from "../../src/core/log-days";
import { nameLimits, physicalName } from "../../src/core/names";
import type { Placement } from "../../src/core/placement";
import type { OnRemoval } from "../../src/core/removal";
import { watchedProxy } from "../../src/core/watched/database-proxies";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { isWhole } from "../../src/core/whole";
import { Connections } from "../connections";

/** Port, family and the way in which clients prove that they know the password, by engine. */
const engines = {
  mysql: { port: 3306, family: "MYSQL", password: "MYSQL_CACHING_SHA2_PASSWORD" },
  postgres: { port: 5432, family: "POSTGRESQL", password: "POSTGRES_SCRAM_SHA_256" },
} as const;

export interface DatabaseProxyProps {
  /** Name in AWS, such as `wordpress-production`. Renaming replaces the proxy. */
  readonly name: string;
  /** The database's subnets: at least two zones, which the internet cannot reach. Others replace the proxy. */
  readonly placement: Placement;
  readonly engine: keyof typeof engines;
  /** Identifier of the RDS instance that it stands before. */
  readonly instance: string;
  /** Secret of the account that clients come with: JSON with the keys `username` and `password`. */
  readonly secretArn: string;
  /**
   * Share of the server's connections that the proxy may hold, in percent, 1 to 100. What is left is for those who go past it.
   * @default 90
   */
  readonly connectionsPercent?: number;
  /**
   * Days that CloudWatch keeps the proxy's log.
   * @default 30
   */
  readonly logDays?: number;
  /**
   * With `keep`, the log outlives the proxy.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * RDS Proxy before a database: many clients share few connections, those that wait do so for two minutes, and a failover of the
 * database is a pause in place of an error. Clients connect as they would to the database, with TLS and the same password; a
 * renewed one is known at once.
 *
 * Costs by the hour and vCPU of the database, whether it is used or not. Worth it where tasks are many or come and go: each worker of
 * PHP holds a connection, and a small class has a few hundred. With a dozen tasks the database alone does as well, for less.
 */
export class DatabaseProxy extends Construct implements Watchable {
  readonly connections: Connections;
  readonly port: number;
  /** Host name, without port. Known only after apply. */
  readonly host: string;
  readonly watched: Watched;

  constructor(scope: Construct, id: string, props: DatabaseProxyProps) {
    super(scope, id);
    const { name, placement, engine, instance, secretArn, connectionsPercent = 90, logDays = 30, onRemoval } = props;
    this.check({ name, connectionsPercent, logDays });

    const { port, family, password } = engines[engine];
    this.port = port;
    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports: port });
    const log = new CloudwatchLogGroup(this, "log", {
      // The proxy would make it itself, and it would grow for ever.
      name: `/aws/rds/proxy/${name}`,
      retentionInDays: logDays,
      skipDestroy: (onRemoval ?? "keep") === "keep",
    });
    const role = this.reader(name, secretArn);
    const proxy = new DbProxy(this, "proxy", {
      name,
      engineFamily: family,
      roleArn: role.arn,
      requireTls: true,
      vpcSubnetIds: [...placement.subnetIds],
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      auth: [{ authScheme: "SECRETS", iamAuth: "DISABLED", secretArn, clientPasswordAuthType: password }],
      tags: { Name: name },
      dependsOn: [log, role.policy],
    });
    const group = new DbProxyDefaultTargetGroup(this, "group", {
      dbProxyName: proxy.name,
      connectionPoolConfig: { maxConnectionsPercent: connectionsPercent, connectionBorrowTimeout: 120 },
    });
    new DbProxyTarget(this, "target", {
      dbProxyName: proxy.name,
      targetGroupName: group.name,
      dbInstanceIdentifier: instance,
    });
    this.host = proxy.endpoint;
    this.watched = watchedProxy(proxy.name);
  }

  private reader(name: string, secretArn: string) {
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const role = new IamRole(this, "role", {
      name: physicalName([name, "proxy"], nameLimits.role),
      description: `The proxy before the database of ${name} reads its password with it`,
      assumeRolePolicy: allowing({
        Principal: { Service: "rds.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      }),
    });
    const policy = new IamRolePolicy(this, "reads", {
      name: "reads",
      role: role.name,
      policy: allowing({ Action: ["secretsmanager:GetSecretValue"], Resource: secretArn }),
    });
    return { arn: role.arn, policy };
  }

  private check(props: Required<Pick<DatabaseProxyProps, "name" | "connectionsPercent" | "logDays">>): void {
    const { name, connectionsPercent, logDays } = props;
    if (!/^[a-z](?!.*--)[a-z0-9-]{0,59}(?<!-)$/.test(name)) {
      const want = "1 to 60 lower-case letters, digits and single dashes, a letter first and no dash last";
      throw new InvalidProps(this, { prop: "name", got: name, want, fix: "take the name of the database" });
    }
    if (!isWhole(connectionsPercent, 1, 100)) {
      const want = "a whole number from 1 to 100";
      throw new InvalidProps(this, {
        ...{ prop: "connectionsPercent", got: connectionsPercent, want, fix: "leave it out for 90" },
      });
    }
    const fault = logDaysFault(logDays);
    if (fault) throw new InvalidProps(this, { prop: "logDays", got: logDays, ...fault });
  }
}
