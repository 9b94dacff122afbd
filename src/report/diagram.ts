import { Areas } from "./diagram-areas";
import { Drawing } from "./diagram-drawing";
import { drawAccess, drawLocal, drawParts } from "./diagram-lines";
import { partsOf, together } from "./diagram-parts";
import type { Diagram } from "./picture";
import { type StackDocument, System } from "./system";

/** Draws the synthesized stacks of one system. */
export function diagram(stacks: readonly StackDocument[]): Diagram {
  const system = new System(stacks);
  const areas = new Areas(system);
  const parts = partsOf(system, areas);
  const drawing = new Drawing(together(parts));
  drawAccess(drawing, stacks, system);
  drawLocal(drawing, system);
  drawParts(drawing, parts, system);
  return { things: drawing.things, areas: areas.used(drawing.things), lines: drawing.lines };
}
