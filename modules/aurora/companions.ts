import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import { generationName } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";
import type { AuroraProps } from "./props";

const groupNameLimit = 255;

export const engine = "aurora-mysql";
export const port = 3306;
/** Logs that are written without further agreement. */
export const logs = ["error", "slowquery"] as const;

/** Name of the cluster's own subnet group. */
export function subnetGroup(scope: Construct, { name, placement }: AuroraProps): string {
  const subnetIds = [...placement.subnetIds];
  return new DbSubnetGroup(scope, "subnets", {
    name,
    description: `subnets of ${name}`,
    subnetIds,
    tags: { Name: name },
  }).name;
}

/**
 * Names of the own parameter groups of the cluster and of its members. A group never changes its family, and one in use
 * cannot be deleted: the groups of a new major version have names of their own and come first.
 */
export function parameterGroups(scope: Construct, { name, version, requireTls = true }: AuroraProps) {
  const family = `${engine}${version}`;
  const common = (whose: string) => ({
    name: generationName([name, whose], [family], groupNameLimit),
    family,
    description: `parameters of ${name}, ${whose}`,
    tags: { Name: name },
    lifecycle: { createBeforeDestroy: true },
  });
  const cluster = new RdsClusterParameterGroup(scope, "parameters", {
    ...common("cluster"),
    parameter: [{ name: "require_secure_transport", value: requireTls ? "ON" : "OFF" }],
  });
  const members = new DbParameterGroup(scope, "member-parameters", {
    ...common("members"),
    // Only logs written to files are exported.
    parameter: Object.entries({ log_output: "FILE", slow_query_log: "1", long_query_time: "2" }).map(
      ([key, value]) => ({ name: key, value }),
    ),
  });
  return { cluster: cluster.name, members: members.name };
}

/** Log groups under the names that Aurora writes to. */
export function logGroups(scope: Construct, { name }: AuroraProps, retentionInDays: number, onRemoval: OnRemoval) {
  const skipDestroy = onRemoval === "keep";
  return logs.map(
    (log) =>
      new CloudwatchLogGroup(scope, `log-${log}`, {
        name: `/aws/rds/cluster/${name}/${log}`,
        retentionInDays,
        skipDestroy,
      }),
  );
}

/**
 * What remains of the cluster. Snapshots outlive it, so the last one's name ends in a UUID. It is made anew with another
 * name, database or user, and with nothing else: whoever replaces the cluster by hand (`terraform apply -replace`) replaces
 * this `terraform_data` too, or the successor's last snapshot fails on the name that its predecessor's has.
 */
export function farewell(scope: Construct, { name, databaseName, user }: AuroraProps, onRemoval: OnRemoval) {
  if (onRemoval === "destroy") {
    return { deletionProtection: false, skipFinalSnapshot: true, deleteAutomatedBackups: true };
  }
  const incarnation = new DataResource(scope, "incarnation", { triggersReplace: { name, databaseName, user } });
  return {
    deletionProtection: true,
    deleteAutomatedBackups: false,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `${name}-final-${incarnation.id}`,
    lifecycle: { preventDestroy: true },
  };
}
