import { blocks, eachText } from "../core/terraform-json";
import type { Areas } from "./diagram-areas";
import { type Kind, nounOf } from "./diagram-nouns";
import { groupOf } from "./local-exposure";
import { type Entry, nameOf, type System } from "./system";

/** A resource that is a noun of the architecture. */
export interface Part {
  readonly entry: Entry;
  readonly kind: Kind;
  readonly name: string;
  readonly detail: string;
  readonly related: readonly Entry[];
  readonly area?: string;
}

/** What a thing has instead of having its subnets and security groups itself. */
const support =
  /^aws_(launch_template|network_interface|ecs_capacity_provider|route_table_association|(\w+_)?subnet_group)$/;

/** The nouns of a system, in the order of its documents. */
export function partsOf(system: System, areas: Areas): Part[] {
  return system.entries.flatMap((entry): Part[] => {
    const noun = nounOf(entry, system);
    if (!noun) return [];
    const related = relatedTo(entry, system);
    // Containers stand where their machines do.
    const hosts = noun.kind === "containers" ? related.filter(({ type }) => type === "aws_autoscaling_group") : [];
    const area = areas.of([...related, ...hosts.flatMap((host) => relatedTo(host, system))]);
    return [{ entry, ...noun, name: noun.name ?? shortName(entry), related, area }];
  });
}

/** The groups that a part answers behind. */
export const groupsOf = ({ entry, related }: Part) =>
  entry.type === "docker_container"
    ? [groupOf(entry)]
    : related.filter(({ type }) => type === "aws_security_group").map(nameOf);

/** Things that nobody needs to tell apart: of one kind, in one place, behind the same groups. */
export function together(parts: readonly Part[]): Part[][] {
  const alike = new Map<string, Part[]>();
  for (const part of parts) {
    const groups = groupsOf(part);
    // Names of both families are one name, and all endpoints one door.
    const itself = part.kind === "name" || part.kind === "services" ? part.name : part.entry.address;
    const apart = groups.length === 0 ? itself : "";
    const key = [part.kind, part.detail, part.area, apart, ...groups.sort()].join("\n");
    alike.set(key, [...(alike.get(key) ?? []), part]);
  }
  return [...alike.values()];
}

/** What an entry refers to, and what its helpers refer to. */
function relatedTo(entry: Entry, system: System): Entry[] {
  const found = new Set<Entry>();
  const visit = (at: Entry) => {
    const { "//": _, depends_on: __, lifecycle: ___, ...body } = at.body;
    eachText(body, (text) => {
      for (const one of system.resolve(text, at)) {
        if (found.has(one)) continue;
        found.add(one);
        if (support.test(one.type)) visit(one);
      }
    });
  };
  visit(entry);
  return [...found];
}

/** `web`, of `guestbook-dev/web/group`: neither the stack nor the word for the resource in its module. */
function shortName(entry: Entry): string {
  const parts = nameOf(entry).split("/").slice(1);
  const [tags] = blocks(entry.body.tags);
  return parts.slice(0, -1).join("/") || parts[0] || String(tags?.Name ?? entry.address);
}
