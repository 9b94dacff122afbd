import { blocks, isReference, list } from "../core/terraform-json";
import { type Entry, imageOf, type System } from "./system";

/** What a box of a diagram stands for; decides its shape. */
export type Kind =
  | "balancer"
  | "machines"
  | "containers"
  | "database"
  | "cache"
  | "services"
  | "name"
  | "gateway"
  | "outside"
  | "internet"
  | "other";

export interface Noun {
  readonly kind: Kind;
  readonly detail: string;
  /** @default - its place in the code */
  readonly name?: string;
}

/** What a resource is in the words of an architecture, for the few that matter there. */
export function nounOf(entry: Entry, system: System): Noun | undefined {
  const { body } = entry;
  switch (entry.type) {
    case "aws_lb":
      return { kind: "balancer", detail: `${body.internal === true ? "internal l" : "L"}oad balancer` };
    case "aws_autoscaling_group":
      return { kind: "machines", detail: machinesOf(entry, system) };
    case "aws_instance":
      return { kind: "machines", detail: phrase("machine", body.instance_type ?? templateOf(entry, system)) };
    case "aws_ecs_service":
      return {
        kind: "containers",
        detail: phrase(known(body.desired_count), body.desired_count === 1 ? "container" : "containers"),
      };
    case "aws_db_instance":
      return {
        kind: "database",
        detail: phrase(
          body.engine,
          body.engine_version,
          body.instance_class,
          body.multi_az === true && "with a standby",
        ),
      };
    case "aws_rds_cluster":
      return { kind: "database", detail: phrase(body.engine, body.engine_version, "cluster") };
    case "aws_db_proxy":
      return { kind: "database", detail: "proxy" };
    case "aws_efs_mount_target":
      return { kind: "database", detail: "shared files" };
    case "aws_elasticache_replication_group":
      return {
        kind: "cache",
        detail: phrase(body.engine ?? "redis", body.num_cache_clusters ?? 1, "×", body.node_type),
      };
    case "aws_opensearch_domain":
      return { kind: "database", detail: phrase("OpenSearch", blocks(body.cluster_config)[0]?.instance_type) };
    case "aws_vpc_endpoint":
      // Endpoints of the other kind are routes, and have no group.
      return body.vpc_endpoint_type === "Interface"
        ? { kind: "services", detail: "interface endpoints", name: "AWS services" }
        : undefined;
    case "aws_route53_record":
      return isAddress(body.type) ? { kind: "name", detail: "DNS", name: nameIn(entry, system) } : undefined;
    case "aws_vpn_gateway":
      return { kind: "gateway", detail: "", name: "VPN gateway" };
    case "aws_customer_gateway":
      return { kind: "outside", detail: phrase(body.ip_address), name: "Customer gateway" };
    case "docker_container":
      return { kind: kindOf(imageOf(entry, system)), detail: imageOf(entry, system), name: aliasOf(entry) };
    default:
      return undefined;
  }
}

/** What a container is, by the image that it runs. */
function kindOf(image: string): Kind {
  if (/\/(mysql|postgres):/.test(image)) return "database";
  return /\/(redis|valkey):/.test(image) ? "cache" : "containers";
}

/** The name by which its neighbours know it. */
const aliasOf = ({ body }: Entry) => textOf(list(blocks(body.networks_advanced)[0]?.aliases)[0]);

/** Names of a zone that are drawn one by one. */
const mostNames = 4;

/** The name of a record; that of its zone, where there are many in it. */
function nameIn(record: Entry, system: System): string | undefined {
  const [zone] = system.resolve(record.body.zone_id, record);
  const all = system.all("aws_route53_record").filter((one) => system.resolve(one.body.zone_id, one).includes(zone!));
  if (!zone || all.length <= mostNames) return textOf(record.body.name);
  return `${all.length} names in ${textOf(zone.body.name) ?? "its zone"}`;
}

const isAddress = (type: unknown) => type === "A" || type === "AAAA";
const known = (value: unknown) => (isReference(value) ? undefined : value);
const phrase = (...words: unknown[]) => words.filter((word) => known(word) !== undefined && word !== false).join(" ");

/** A name without what only Terraform knows. */
function textOf(value: unknown): string | undefined {
  const text = String(value ?? "").replaceAll(/\$\{[^}]*\}/g, "…");
  return text === "…" || text === "" ? undefined : text;
}

function machinesOf(group: Entry, system: System): string {
  const [least, most] = [group.body.min_size, group.body.max_size].map((size) => Number(size ?? 0));
  const count = least === most ? `${least}` : `${least} to ${most}`;
  return phrase(count, most === 1 ? "machine" : "machines", templateOf(group, system));
}

/** Type of the machines that a launch template starts. */
function templateOf(entry: Entry, system: System): unknown {
  const [template] = blocks(entry.body.launch_template).flatMap(({ id }) => system.resolve(id, entry));
  return template?.body.instance_type;
}
