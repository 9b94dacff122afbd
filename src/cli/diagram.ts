import { byCopy, diagram, dot, mermaid, type StackDocument } from "../report";
import { synthesized } from "./commands";
import { UsageError } from "./failure";
import type { Terminal } from "./print";
import type { Settings } from "./settings";

const formats = { mermaid: { draw: mermaid, remark: "%%" }, dot: { draw: dot, remark: "//" } };

/** Draws the named stacks in one picture; without a name, each copy of a system in one of its own. */
export function showDiagram(settings: Settings, { out }: Terminal, names: readonly string[], format: string): void {
  if (!Object.hasOwn(formats, format)) {
    throw new UsageError(`--format must be ${Object.keys(formats).join(" or ")}, got ${format}`);
  }
  const { draw, remark } = formats[format as keyof typeof formats];
  const all = synthesized(settings).flatMap(({ stacks }) => stacks);
  for (const stacks of names.length > 0 ? [named(all, names)] : byCopy(all)) {
    out(`${remark} ${stacks.map(({ name }) => name).join(", ")}\n${draw(diagram(stacks))}\n`);
  }
}

function named(all: readonly StackDocument[], names: readonly string[]): StackDocument[] {
  return names.map((wanted) => {
    const stack = all.find(({ name }) => name === wanted);
    if (!stack) throw new UsageError(`there is no stack ${wanted}; slipway list names them all`);
    return stack;
  });
}
