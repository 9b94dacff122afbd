import { majority } from "./quorum";

/** Kinds of machines that have numbers, by the word in their names: `zk-1`, `master-2`, `fe-1`. */
export type NumberedKind = "zk" | "master" | "fe";

/** `zk-1` to `zk-3`. The names, and so the numbers, are those of the places: whoever stands there has them. */
export function memberNames(kind: NumberedKind, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);
}

/**
 * The zone of each machine: the one it is given, or else in turn those of `zones` in the order of their names, whatever the order in
 * which they are written.
 */
export function zonesOf(
  names: readonly string[],
  zones: readonly string[],
  place: Readonly<Record<string, string | undefined>> = {},
): Readonly<Record<string, string>> {
  const sorted = [...new Set(zones)].sort();
  return Object.fromEntries(names.map((name, index) => [name, place[name] ?? sorted[index % sorted.length]!]));
}

/** A zone whose loss leaves less than a majority of the members, with how many of them stand there; nothing where none does. */
export function fatalZone(zones: readonly string[]): { readonly zone: string; readonly members: number } | undefined {
  for (const zone of [...new Set(zones)].sort()) {
    const members = zones.filter((one) => one === zone).length;
    if (zones.length - members < majority(zones.length)) return { zone, members };
  }
  return undefined;
}

/** Whole numbers that ZooKeeper takes as `myid`. */
export const myidRange = { least: 1, most: 255 } as const;

/** The `myid` of each member: the one it is given, or the number in its name. */
export function myidsOf(
  names: readonly string[],
  given: Readonly<Record<string, number | undefined>> = {},
): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [name, given[name] ?? Number(name.split("-").at(-1))]));
}

/**
 * Number of a machine's address within its subnet. AWS keeps the first four and the last; machines without a number of their own get
 * what is left. No two machines have one, wherever they stand.
 */
export function hostNumber(name: string): number {
  const [, kind = name, number = "0"] = /^(zk|master|fe)-(\d+)$/.exec(name) ?? [];
  const first = firstNumbers[kind];
  if (first === undefined) throw new RangeError(`${name} has no address of its own: ${Object.keys(firstNumbers)}`);
  return first + Number(number);
}

const firstNumbers: Readonly<Record<string, number>> = {
  ...{ management: 10, chef: 10, marathon: 11, sensu: 12, gocd: 13 },
  ...{ fe: 15, zk: 20, master: 30 },
};

/** Prefix of the narrowest network in whose subnets all those numbers have room, and elastic machines beside them. */
export const narrowestNetwork = 20;
