import type { Entry, System } from "../system";
import type { Bills, Line } from "./bill";
import { data } from "./data";
import { machines } from "./machines";
import { network } from "./network";
import { observation } from "./observation";

export type { Line } from "./bill";

/** How every type of ours is paid for. */
export const bills: Bills = { ...network, ...machines, ...data, ...observation };

/** What costs something by being there, alike together. */
export function alwaysRunning(entries: readonly Entry[], system: System): Line[] {
  const lines = new Map<string, Line>();
  for (const entry of entries) {
    for (const one of bills[entry.type]?.always?.(entry, system) ?? []) {
      const key = [one.what, one.detail, one.per].join("\n");
      const { least = 0, most = 0 } = lines.get(key) ?? {};
      lines.set(key, { ...one, least: least + one.least, most: most + one.most });
    }
  }
  const all = [...lines.values()].filter(({ most }) => most > 0);
  const order = ["hour", "month", "-"];
  return all.sort(
    (a, b) => order.indexOf(a.per) - order.indexOf(b.per) || compare(a.what, b.what) || compare(a.detail, b.detail),
  );
}

/** What is counted as it is used. */
export function billedByUse(entries: readonly Entry[], system: System): string[] {
  const uses = entries.flatMap((entry) => {
    const use = bills[entry.type]?.use;
    return (typeof use === "function" ? use(entry, system) : use) ?? [];
  });
  return [...new Set(uses)].sort(compare);
}

/** Types that nobody has said yet how they are paid for. */
export const unclassified = (entries: readonly Entry[]): string[] =>
  [...new Set(entries.map(({ type }) => type).filter((type) => !Object.hasOwn(bills, type)))].sort(compare);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
