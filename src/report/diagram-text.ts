import type { Kind } from "./diagram-nouns";
import type { Area, Diagram, Line, Thing } from "./picture";

const brackets: Record<Kind, readonly [string, string]> = {
  balancer: ["{{", "}}"],
  machines: ["[", "]"],
  containers: ["[[", "]]"],
  database: ["[(", ")]"],
  cache: ["[(", ")]"],
  services: ["(", ")"],
  name: ["([", "])"],
  gateway: ["[/", "\\]"],
  outside: ["[\\", "/]"],
  internet: ["((", "))"],
  other: ["[", "]"],
};
const arrows: Record<Line["kind"], string> = { access: "-->", part: "-.->", tunnel: "===" };

/** A flowchart for Mermaid, which GitHub, GitLab and editors draw in Markdown. */
export function mermaid(diagram: Diagram): string {
  const thing = ({ id, kind, label }: Thing) => `${id}${brackets[kind][0]}${quoted(label, "<br>")}${brackets[kind][1]}`;
  const line = ({ from, to, label, kind }: Line) =>
    `  ${from} ${arrows[kind]}${label ? `|${quoted([label], "")}|` : ""} ${to}`;
  const area = ({ id, label }: Area) => `subgraph ${id}[${quoted([label], "")}]`;
  return ["flowchart LR", ...nested(diagram, { area, thing, end: "end" }), ...diagram.lines.map(line)].join("\n");
}

const shapes: Record<Kind, string> = {
  balancer: "hexagon",
  machines: "box",
  containers: "component",
  database: "cylinder",
  cache: "cylinder",
  services: "box, style=rounded",
  name: "oval",
  gateway: "trapezium",
  outside: "invtrapezium",
  internet: "circle",
  other: "box",
};
const styles: Record<Line["kind"], string> = {
  access: "solid",
  part: "dashed",
  tunnel: 'bold, arrowhead="none"',
};

/** The same for Graphviz. */
export function dot(diagram: Diagram): string {
  const string = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  const lines = (label: readonly string[]) => label.map(string).join(' + "\\n" + ');
  const thing = ({ id, kind, label }: Thing) => `${id} [label=${lines(label)}, shape=${shapes[kind]}];`;
  const line = ({ from, to, label, kind }: Line) =>
    `  ${from} -> ${to} [label=${string(label)}, style=${styles[kind]}];`;
  const area = ({ id, label }: Area) => `subgraph cluster_${id} { label=${string(label)};`;
  const font = '  node [fontname="Helvetica", fontsize=11]; edge [fontname="Helvetica", fontsize=9];';
  const head = ["digraph architecture {", '  rankdir=LR; fontname="Helvetica"; fontsize=11;', font];
  return [...head, ...nested(diagram, { area, thing, end: "}" }), ...diagram.lines.map(line), "}"].join("\n");
}

interface Words {
  readonly area: (area: Area) => string;
  readonly thing: (thing: Thing) => string;
  readonly end: string;
}

/** Areas in each other, with what stands in them. */
function nested({ areas, things }: Diagram, words: Words, inside?: string, indent = "  "): string[] {
  return [
    ...things.filter(({ area }) => area === inside).map((thing) => `${indent}${words.thing(thing)}`),
    ...areas
      .filter(({ parent }) => parent === inside)
      .flatMap((area) => [
        `${indent}${words.area(area)}`,
        ...nested({ areas, things, lines: [] }, words, area.id, `${indent}  `),
        `${indent}${words.end}`,
      ]),
  ];
}

/** Text that Mermaid takes as text, whatever is in it. */
function quoted(lines: readonly string[], between: string): string {
  const literal = (text: string) => text.replaceAll(/[#"<>&`\\]/g, (one) => `#${one.codePointAt(0)};`);
  return `"${lines.map(literal).join(between)}"`;
}
