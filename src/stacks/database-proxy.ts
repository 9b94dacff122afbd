import type { Construct } from "constructs";
import type { Database } from "../../modules/database";
import { DatabaseProxy, type DatabaseProxyProps } from "../../modules/database-proxy";

type Options = Omit<DatabaseProxyProps, "engine" | "instance" | "secretArn">;

/**
 * A proxy before a MySQL server of RDS. Whoever could reach the server still can: tasks that have not been told the proxy's name yet
 * go on as before.
 */
export function proxyBefore(scope: Construct, id: string, database: Database, options: Options): DatabaseProxy {
  const { identifier: instance, secretArn } = database;
  const proxy = new DatabaseProxy(scope, id, { ...options, engine: "mysql", instance, secretArn });
  database.connections.allowFrom(proxy, "queries that the proxy passes on");
  return proxy;
}
