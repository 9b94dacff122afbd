import { asBlock, blocks } from "../core/terraform-json";
import { diagram, dot, mermaid, type StackDocument } from "../report";
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
  for (const stacks of names.length > 0 ? [named(all, names)] : copies(all)) {
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

/** Stacks that the same tags say belong together. A stack without tags, as on Docker, is a copy by itself. */
function copies(all: readonly StackDocument[]): StackDocument[][] {
  const found = new Map<string, StackDocument[]>();
  for (const stack of all) {
    const copy = copyOf(stack);
    found.set(copy, [...(found.get(copy) ?? []), stack]);
  }
  return [...found.values()];
}

function copyOf({ name, document }: StackDocument): string {
  const [provider] = blocks(asBlock(asBlock(document).provider).aws);
  const [{ tags } = {}] = blocks(provider?.default_tags);
  const { "slipway:system": system, "slipway:environment": environment } = asBlock(tags);
  return system ? `${system}\n${environment}` : name;
}
