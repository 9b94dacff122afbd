import { relative } from "node:path";
import { synthesizeAll } from "../../main";
import type { Synthesis, SynthesizedStack } from "../synth";
import { columns, counted, kilobytes, type Terminal } from "./print";
import type { Settings } from "./settings";

/** Writes the Terraform JSON of every stack, and says what was made. */
export function synth(settings: Settings, { out: print, err }: Terminal): void {
  const synthesis = synthesizeAll(settings);
  for (const { warnings } of synthesis.stacks) for (const warning of warnings) err(`warning: ${warning}`);
  for (const remark of synthesis.remarks) err(`note: ${remark}`);
  if (synthesis.slowBecause && settings.debug) err(`note: synthesized by cdktf's own code: ${synthesis.slowBecause}`);
  print(table(synthesis));
  print("");
  const folder = relative(settings.cwd, settings.out) || ".";
  const [first] = synthesis.stacks;
  const stacks = `${counted(synthesis.stacks.length, "stack")} in ${folder}`;
  print(
    first ? `${stacks}. Deploy one: npx cdktf deploy ${first.name}` : `${stacks}: no environment describes a system.`,
  );
}

function table({ stacks }: Synthesis): string {
  const total = (size: (stack: SynthesizedStack) => number) => stacks.reduce((sum, stack) => sum + size(stack), 0);
  const row = (name: string, size: (of: (stack: SynthesizedStack) => number) => number) => [
    name,
    `${size((stack) => blocksIn(stack, "resource"))}`,
    `${size((stack) => blocksIn(stack, "data"))}`,
    kilobytes(size(({ bytes }) => bytes)),
  ];
  return columns([
    ["stack", "resources", "data sources", "cdk.tf.json"],
    ...stacks.map((stack) => row(stack.name, (of) => of(stack))),
    row("total", total),
  ]);
}

function blocksIn({ document }: SynthesizedStack, section: "resource" | "data"): number {
  const types = (document[section] ?? {}) as Record<string, object>;
  return Object.values(types).reduce((sum, blocks) => sum + Object.keys(blocks).length, 0);
}
