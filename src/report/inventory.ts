import { blocks } from "../core/terraform-json";
import { columns } from "./columns";
import { type Entry, imageOf, type StackDocument, System } from "./system";

/** How much there is in a stack. */
export interface StackInventory {
  readonly name: string;
  readonly resources: number;
  readonly dataSources: number;
  /** Resources by type, the most frequent first. */
  readonly types: readonly { readonly type: string; readonly count: number }[];
}

/** Something that runs, and is paid for, from the first minute to the last. */
export interface Running {
  readonly stack: string;
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly detail: string;
}

export interface Inventory {
  readonly stacks: readonly StackInventory[];
  readonly running: readonly Running[];
}

/** What the stacks consist of, and what of it always runs. Prices are not looked up. */
export function inventory(stacks: readonly StackDocument[]): Inventory {
  const system = new System(stacks);
  return {
    stacks: stacks.map(({ name }) => countIn(name, system)),
    running: together(system.entries.flatMap((entry) => runningOf(entry, system))),
  };
}

/** The same, for a terminal. */
export function inventoryTable({ stacks, running }: Inventory): string {
  const counts = stacks.map(({ name, resources, types }) => [
    name,
    `${resources} resources`,
    types
      .slice(0, 4)
      .map(({ type, count }) => `${count} ${type}`)
      .join(", "),
  ]);
  const always = running.map(({ stack, what, least, most, detail }) => [
    stack,
    least === most ? `${least}` : `${least} to ${most}`,
    what,
    detail,
  ]);
  return ["Stacks", ...indent(counts), "", "Always running", ...indent(always)].join("\n");
}

const indent = (rows: readonly (readonly string[])[]) =>
  (rows.length > 0 ? columns(rows) : ["nothing"]).map((line) => `  ${line}`);

function countIn(name: string, { entries }: System): StackInventory {
  const own = entries.filter(({ stack }) => stack === name);
  const resources = own.filter(({ type }) => !type.startsWith("data."));
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  const types = [...counts].map(([type, count]) => ({ type, count }));
  types.sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
  return { name, resources: resources.length, dataSources: own.length - resources.length, types };
}

function runningOf(entry: Entry, system: System): Running[] {
  const { body, stack } = entry;
  const one = (what: string, detail: string, count = 1) => [{ stack, what, least: count, most: count, detail }];
  switch (entry.type) {
    case "aws_nat_gateway":
      return one("NAT gateway", "");
    case "aws_lb":
      return one(
        "load balancer",
        `${body.load_balancer_type ?? "application"}${body.internal === true ? ", internal" : ""}`,
      );
    case "aws_db_instance":
      return one("database", `${body.instance_class}${body.multi_az === true ? " with a standby" : ""}`);
    case "aws_rds_cluster_instance":
      return one("database", `${body.instance_class} in a cluster`);
    case "aws_elasticache_replication_group":
      return one("cache node", String(body.node_type), Number(body.num_cache_clusters ?? 1));
    case "aws_opensearch_domain": {
      const [nodes] = blocks(body.cluster_config);
      return one("search node", String(nodes?.instance_type), Number(nodes?.instance_count ?? 1));
    }
    case "aws_vpc_endpoint":
      // Gateway endpoints cost nothing; the others have an address in each subnet.
      return body.vpc_endpoint_type === "Interface"
        ? one("interface endpoint address", "", [body.subnet_ids].flat().length)
        : [];
    case "aws_instance":
      return one("machine", String(body.instance_type));
    case "aws_autoscaling_group":
      return [{ stack, what: "machine", ...sizeOf(body), detail: machineTypeOf(entry, system) }];
    case "docker_container":
      return one("container on this machine", `${imageOf(entry, system)}, up to ${body.memory} MiB`);
    default:
      return [];
  }
}

const sizeOf = (body: Entry["body"]) => ({ least: Number(body.min_size ?? 0), most: Number(body.max_size ?? 0) });

function machineTypeOf(group: Entry, system: System): string {
  const [template] = blocks(group.body.launch_template).flatMap(({ id }) => system.resolve(id, group));
  return String(template?.body.instance_type ?? "of several types");
}

/** One line for all that are alike. */
function together(all: readonly Running[]): Running[] {
  const lines = new Map<string, Running>();
  for (const one of all) {
    const key = [one.stack, one.what, one.detail].join("\n");
    const { least = 0, most = 0 } = lines.get(key) ?? {};
    lines.set(key, { ...one, least: least + one.least, most: most + one.most });
  }
  return [...lines.values()];
}
