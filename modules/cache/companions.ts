import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import { type CacheEngine, parameterFamily } from "../../src/core/cache-engines";
import { generationName } from "../../src/core/names";
import type { OnRemoval } from "../../src/core/removal";
import type { CacheProps } from "./props";

const groupNameLimit = 255;

/** Name of the cache's own subnet group. */
export function subnetGroup(scope: Construct, { name, placement }: CacheProps): string {
  const { subnetIds } = placement;
  const description = `subnets of ${name}`;
  const tags = { Name: name };
  return new ElasticacheSubnetGroup(scope, "subnets", { name, description, subnetIds: [...subnetIds], tags }).name;
}

/**
 * Name of the cache's own parameter group, of a family without cluster mode. A group never changes its family, and one in use
 * cannot be deleted: the group of a new major version has a name of its own and comes first.
 */
export function parameterGroup(scope: Construct, name: string, engine: CacheEngine, version: string): string {
  const family = parameterFamily(engine, version);
  return new ElasticacheParameterGroup(scope, "parameters", {
    name: generationName([name], [family], groupNameLimit),
    family,
    description: `parameters of ${name}`,
    tags: { Name: name },
    lifecycle: { createBeforeDestroy: true },
  }).name;
}

/** Where the nodes write what took long, and what happened to them. */
export function logDelivery(scope: Construct, name: string, logDays: number, onRemoval: OnRemoval) {
  return (["slow-log", "engine-log"] as const).map((logType) => {
    const group = new CloudwatchLogGroup(scope, logType, {
      name: `/aws/vendedlogs/elasticache/${name}/${logType}`,
      retentionInDays: logDays,
      skipDestroy: onRemoval === "keep",
    });
    return { destination: group.name, destinationType: "cloudwatch-logs", logFormat: "json", logType };
  });
}

/**
 * What remains of the cache. Snapshots outlive it, so the last one's name ends in a UUID: a successor of the same name can leave
 * one too. Whoever replaces the group by hand (`terraform apply -replace`) replaces this `terraform_data` as well.
 */
export function farewell(scope: Construct, name: string, onRemoval: OnRemoval) {
  if (onRemoval === "destroy") return {};
  const incarnation = new DataResource(scope, "incarnation", { triggersReplace: { name } });
  return {
    finalSnapshotIdentifier: `${name}-final-${incarnation.id}`,
    lifecycle: { preventDestroy: true },
  };
}
