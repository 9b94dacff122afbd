import { isBlock } from "../core/terraform-json";
import { covers, type Passage, passages, portsOf } from "./access";
import { isLoopback, localArrows, localOpenings } from "./local-exposure";
import { type Entry, type StackDocument, System } from "./system";
import type { Arrow, Carrier, Opening } from "./ways";

/** A way that only one of the two groups knows: nothing passes. */
export interface HalfArrow extends Arrow {
  readonly missing: "ingress" | "egress";
}

export interface Exposure {
  readonly world: readonly Opening[];
  /** Ways in for address ranges of the system's own networks. */
  readonly inside: readonly Opening[];
  readonly arrows: readonly Arrow[];
  readonly halves: readonly HalfArrow[];
  /** Ways out to address ranges. */
  readonly outward: readonly Arrow[];
}

/** Who can reach whom in the synthesized stacks of one system, and what can be reached from outside. */
export function exposure(stacks: readonly StackDocument[]): Exposure {
  const system = new System(stacks);
  const all = passages(system);
  const carriers = carriersByGroup(system);
  const [ingress, egress] = [all.filter(isIngress), all.filter((one) => !isIngress(one))];
  const answered = ingress.filter((one) => one.peerIsGroup && egress.some((out) => meets(out, one)));
  const openings = ingress.filter(({ peerIsGroup }) => !peerIsGroup);
  const opening = (one: Passage): Opening => ({
    ...{ address: one.address, group: one.group, from: one.peer, ports: portsOf(one) },
    ...{ carriers: carriers.get(one.address) ?? [], reason: one.reason },
  });
  const local = localOpenings(system);
  return {
    world: [
      ...openings.filter(({ peerIsOwn }) => !peerIsOwn).map(opening),
      ...local.filter(({ from }) => !isLoopback(from)),
    ],
    inside: [
      ...openings.filter(({ peerIsOwn }) => peerIsOwn).map(opening),
      ...local.filter(({ from }) => isLoopback(from)),
    ],
    arrows: [...answered.map(inwards), ...localArrows(system)],
    halves: [
      ...ingress
        .filter((one) => one.peerIsGroup && !answered.includes(one))
        .map((one) => ({ ...inwards(one), missing: "egress" as const })),
      ...egress
        .filter((one) => one.peerIsGroup && !ingress.some((into) => meets(into, one)))
        .map((one) => ({ ...outwards(one), missing: "ingress" as const })),
    ],
    outward: egress.filter(({ peerIsGroup }) => !peerIsGroup).map(outwards),
  };
}

const isIngress = ({ direction }: Passage) => direction === "ingress";

/** Whether the rule of one side lets through what the rule of the other does; the world takes every group in. */
function meets(outer: Passage, inner: Passage): boolean {
  const toWorld = outer.peer === "0.0.0.0/0" && outer.group === inner.peer;
  return (toWorld || (outer.group === inner.peer && outer.peer === inner.group)) && covers(outer, inner);
}

function inwards(one: Passage): Arrow {
  return { from: one.peer, to: one.group, ports: portsOf(one), reason: one.reason };
}

function outwards(one: Passage): Arrow {
  return { from: one.group, to: one.peer, ports: portsOf(one), reason: one.reason };
}

/** Who carries each group: found by the arguments that name security groups, at any depth. */
function carriersByGroup(system: System): Map<string, Carrier[]> {
  const found = new Map<string, Carrier[]>();
  const note = (entry: Entry, value: unknown) => {
    for (const group of system.resolve(value, entry)) {
      const { stack, address, type } = entry;
      const known = found.get(group.address) ?? [];
      if (!known.some((one) => one.stack === stack && one.address === address)) known.push({ stack, address, type });
      found.set(group.address, known);
    }
  };
  const visit = (entry: Entry, body: object) => {
    for (const [argument, value] of Object.entries(body)) {
      if (/^(vpc_)?security_groups?(_ids)?$/.test(argument)) note(entry, value);
      for (const inner of [value].flat()) if (isBlock(inner) && argument !== "//") visit(entry, inner);
    }
  };
  for (const entry of system.entries) {
    if (!entry.type.includes("security_group") && !entry.type.startsWith("data.")) visit(entry, entry.body);
  }
  return found;
}
