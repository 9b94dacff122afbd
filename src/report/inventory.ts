import { columns } from "./columns";
import { byCopy, copyOf } from "./copy";
import { alwaysRunning, billedByUse, type Line, unclassified } from "./costs";
import { type StackDocument, System } from "./system";

/** How much there is in a stack. */
export interface StackInventory {
  readonly name: string;
  readonly resources: number;
  readonly dataSources: number;
  /** Resources by type, the most frequent first. */
  readonly types: readonly { readonly type: string; readonly count: number }[];
}

/** Something that is paid for by being there, in the unit in which AWS counts it. */
export interface Running extends Line {
  readonly stack: string;
}

/** The stacks of one copy of a system, taken together. */
export interface SystemInventory {
  /** `wordpress`; the stack's name where nothing says whose it is. */
  readonly name: string;
  readonly stacks: readonly string[];
  readonly running: readonly Line[];
}

export interface Inventory {
  readonly stacks: readonly StackInventory[];
  readonly running: readonly Running[];
  /** What is counted as it is used. */
  readonly byUse: readonly { readonly stack: string; readonly what: string }[];
  readonly systems: readonly SystemInventory[];
  /** Types that nobody has said yet how they are paid for. */
  readonly unclassified: readonly string[];
}

/** What the stacks consist of, and what of it is paid for, in AWS's units. Prices are not looked up. */
export function inventory(stacks: readonly StackDocument[]): Inventory {
  const system = new System(stacks);
  const entriesOf = (names: readonly string[]) => system.entries.filter(({ stack }) => names.includes(stack));
  return {
    stacks: stacks.map(({ name }) => countIn(name, system)),
    running: stacks.flatMap(({ name: stack }) =>
      alwaysRunning(entriesOf([stack]), system).map((line) => ({ stack, ...line })),
    ),
    byUse: stacks.flatMap(({ name: stack }) =>
      billedByUse(entriesOf([stack]), system).map((what) => ({ stack, what })),
    ),
    systems: byCopy(stacks).map((own) => {
      const names = own.map(({ name }) => name);
      return {
        name: copyOf(own[0]!)?.system ?? names[0]!,
        stacks: names,
        running: alwaysRunning(entriesOf(names), system),
      };
    }),
    unclassified: unclassified(system.entries),
  };
}

/** The same, for a terminal. */
export function inventoryTable({ stacks, running, byUse, systems, unclassified }: Inventory): string {
  const counts = stacks.map(({ name, resources, types }) => [
    name,
    `${resources} resources`,
    types
      .slice(0, 4)
      .map(({ type, count }) => `${count} ${type}`)
      .join(", "),
  ]);
  const several = systems.filter((one) => one.stacks.length > 1);
  return [
    ...section("Stacks", counts),
    ...section(
      "Always running",
      running.map((one) => [one.stack, ...cells(one)]),
    ),
    ...several.flatMap(({ name, stacks: of, running: all }) =>
      section(`Always running in ${name}, ${of.length} stacks together`, all.map(cells)),
    ),
    ...section(
      "Billed by use",
      byUse.map(({ stack, what }) => [stack, what]),
    ),
    ...(unclassified.length > 0 ? section("How it is billed is not known here", [[unclassified.join(", ")]]) : []),
  ]
    .slice(0, -1)
    .join("\n");
}

const cells = ({ what, detail, least, most, per }: Line) => [
  least === most ? `${least}` : `${least} to ${most}`,
  what,
  detail,
  per === "-" ? "" : `per ${per}`,
];

const section = (title: string, rows: readonly (readonly string[])[]) => [title, ...indent(rows), ""];

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
