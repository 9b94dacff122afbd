import { columns } from "./columns";
import type { Exposure } from "./exposure";
import type { Arrow, Opening } from "./ways";

/** What can be reached, for a terminal. */
export function exposureTable({ world, inside, arrows, halves, outward }: Exposure): string {
  const arrow = ({ from, to, ports, reason }: Arrow) => [from, "->", to, ports, reason];
  const opening = ({ from, group, ports, carriers, reason }: Opening) => {
    const answers = carriers.map(({ address }) => address).join(", ") || "nobody answers";
    return [from, "->", group, ports, answers, reason];
  };
  return [
    chapter("From outside", world.map(opening), "nothing can be reached"),
    ...(inside.length > 0 ? [chapter("From addresses of the own network", inside.map(opening), "")] : []),
    chapter("Between groups", arrows.map(arrow), "no group reaches another"),
    chapter("To the outside", outward.map(arrow), "nothing may call out"),
    ...(halves.length > 0
      ? [
          chapter(
            "Half open: the other side has no rule",
            halves.map((one) => [...arrow(one), `no ${one.missing}`]),
            "",
          ),
        ]
      : []),
  ].join("\n\n");
}

function chapter(title: string, rows: readonly (readonly string[])[], otherwise: string): string {
  return [title, ...(rows.length > 0 ? columns(rows) : [otherwise]).map((line) => `  ${line}`)].join("\n");
}
