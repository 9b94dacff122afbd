import { partitionOf } from "../../core/partition";
import { asBlock, type Block, blocks, isReference } from "../../core/terraform-json";
import type { Copy } from "../copy";
import type { Entry, System } from "../system";

/** Arguments that name a thing, in the order in which they are looked for. */
const naming = [
  ...["name", "name_prefix", "bucket", "bucket_prefix", "identifier", "cluster_identifier", "replication_group_id"],
  ...["family", "alarm_name", "domain_name"],
];

/** ARNs that a pattern of a table stands for, at one resource: none where it speaks of an argument that is not there. */
export function arns(pattern: string, entry: Entry, system: System, copy: Copy, region: string): string[] {
  if (pattern === "*") return ["*"];
  let missing = false;
  const words: Record<string, string> = {
    ...{ copy: `${copy.system}-${copy.environment}`, account: copy.account },
    ...{ region, partition: partitionOf(region) },
  };
  const filled = pattern.replace(/\{([a-z_.]+)([?!]?)\}/g, (_, path: string, mark: string) => {
    if (Object.hasOwn(words, path)) return words[path]!;
    const name = nameAt(path.split("."), entry, system);
    if (name === undefined && mark === "?") missing = true;
    return mark === "!" && name !== undefined ? name : shortened(name ?? "*", copy);
  });
  if (missing) return [];
  if (filled.startsWith("arn:")) return [filled];
  const [, service, colons, resource] = /^([a-z0-9-]+)(:{1,3})(.+)$/.exec(filled)!;
  const where = [colons === ":" ? region : "", colons === ":::" ? "" : copy.account].join(":");
  return [`arn:${partitionOf(region)}:${service}:${where}:${resource}`];
}

/** The name that an argument gives, or that of what it refers to; what only Terraform knows becomes `*`. */
function nameAt([argument, ...rest]: readonly string[], entry: Entry, system: System): string | undefined {
  const value = argumentOf(entry.body, argument!);
  if (value === undefined) return undefined;
  if (rest.length === 0 && !isReference(value)) return String(value);
  // One level of nesting, as in `auto_scaling_group_provider.auto_scaling_group_arn`.
  const [nested] = blocks(value);
  if (nested && rest.length > 0) return nameAt(rest, { ...entry, body: nested }, system);
  const [target] = system.resolve(value, entry);
  if (target && rest.length > 0) return nameAt(rest, target, system);
  const named = target && naming.map((each) => argumentOf(target.body, each)).find((each) => each !== undefined);
  return String(named ?? value).replace(/\$\{[^}]*\}/g, "*");
}

function argumentOf(body: Block, argument: string): unknown {
  const given = body[argument];
  if (given !== undefined) return given;
  const prefix = body[`${argument}_prefix`];
  return prefix === undefined ? undefined : `${prefix}*`;
}

/** Everything of one copy begins alike, so one pattern stands for all, also for what is added later. */
function shortened(name: string, { system, environment }: Copy): string {
  for (const mark of [`${system}-${environment}`, `/${environment}/${system}`]) {
    const end = name.indexOf(mark) + mark.length;
    if (end >= mark.length && /^[-/_.]./.test(name.slice(end))) return `${name.slice(0, end + 1)}*`;
  }
  return name;
}

/** Region in which a resource is: that of its provider. */
export function regionOf({ body }: Entry, document: object): string {
  const providers = blocks(asBlock(asBlock(document).provider).aws);
  const alias = typeof body.provider === "string" ? body.provider.split(".")[1] : undefined;
  return String(providers.find((each) => each.alias === alias)?.region);
}
