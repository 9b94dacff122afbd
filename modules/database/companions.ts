import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import { generationName } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";
import { engines, parameterFamily } from "./engines";
import type { DatabaseProps } from "./props";

const groupNameLimit = 255;

/** Name of the instance's own subnet group. */
export function subnetGroup(scope: Construct, { name, placement }: DatabaseProps): string {
  const { subnetIds } = placement;
  const description = `subnets of ${name}`;
  return new DbSubnetGroup(scope, "subnets", { name, description, subnetIds: [...subnetIds], tags: { Name: name } })
    .name;
}

/**
 * Name of the instance's own parameter group. A group never changes its family, and one in use cannot be deleted: the
 * group of a new major version has a name of its own and comes first.
 */
export function parameterGroup(scope: Construct, { name, engine, version, requireTls = true }: DatabaseProps): string {
  const { parameters, tlsParameter } = engines[engine];
  const family = parameterFamily(engine, version);
  return new DbParameterGroup(scope, "parameters", {
    name: generationName([name], [family], groupNameLimit),
    family,
    description: `parameters of ${name}`,
    // TLS is written out in both cases: the family's own value depends on its version.
    parameter: Object.entries({ ...parameters, [tlsParameter]: requireTls ? "1" : "0" }).map(([key, value]) => ({
      name: key,
      value,
    })),
    tags: { Name: name },
    lifecycle: { createBeforeDestroy: true },
  }).name;
}

/** Log groups under the names that RDS writes to. */
export function logGroups(scope: Construct, { name, engine }: DatabaseProps, logDays: number, onRemoval: OnRemoval) {
  return engines[engine].logs.map(
    (log) =>
      new CloudwatchLogGroup(scope, `log-${log}`, {
        name: `/aws/rds/instance/${name}/${log}`,
        retentionInDays: logDays,
        skipDestroy: onRemoval === "keep",
      }),
  );
}

/**
 * What remains of the instance. Snapshots outlive it, so the last one's name ends in a UUID. It is made anew with another
 * name, engine, database or user, and with nothing else: whoever replaces the instance by hand (`terraform apply -replace`)
 * replaces this `terraform_data` too, or the successor's last snapshot fails on the name that its predecessor's has.
 */
export function farewell(scope: Construct, { name, engine, databaseName, user }: DatabaseProps, onRemoval: OnRemoval) {
  if (onRemoval === "destroy") {
    return { deletionProtection: false, skipFinalSnapshot: true, deleteAutomatedBackups: true };
  }
  const incarnation = new DataResource(scope, "incarnation", { triggersReplace: { name, engine, databaseName, user } });
  return {
    deletionProtection: true,
    deleteAutomatedBackups: false,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `${name}-final-${incarnation.id}`,
    lifecycle: { preventDestroy: true },
  };
}
