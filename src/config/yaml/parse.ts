import { Composer, type CST, type Document, Lexer, LineCounter, Parser, type YAMLError } from "yaml";
import { limits } from "../limits";
import type { Fault } from "../mistakes";
import { type Faulty, treeOf } from "./plant";
import type { Tree } from "./tree";

/** A description as data that knows where it stands in its file. */
export interface Source {
  /** Nothing where the text is no YAML at all. */
  readonly tree?: Tree;
  readonly faults: readonly Faulty[];
  /** Line and column of an offset, counted from 1. */
  place(offset: number): { line: number; column: number };
}

/** Reads YAML 1.2 with its core schema, in which `no` is text and `010` is ten. Does not throw. */
export function parseYaml(text: string): Source {
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const { tokens, tooDeep } = tokenize(text, lines);
  if (tooDeep !== undefined) return { faults: [{ offset: tooDeep, ...depthFault }], place };

  // Keys are compared in `treeOf`: here each one would be compared with all others.
  const options = {
    version: "1.2",
    schema: "core",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  } as const;
  const documents = [...new Composer(options).compose(tokens, true, text.length)];
  const faults = documents.flatMap((document) => syntaxFaults(document, place));
  const [document, second] = documents;
  if (second) faults.push({ offset: second.range[0], ...secondDocument });
  if (faults.length > 0) return { faults, place };
  return { ...treeOf(document!.contents), place };
}

/** The first two steps of the parser, which know no recursion: what is nested too deep never reaches the third, which does. */
function tokenize(text: string, lines: LineCounter): { tokens: CST.Token[]; tooDeep?: number } {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > limits.depth + 1) return { tokens, tooDeep: parser.offset };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

const depthFault: Fault & { got: string } = {
  code: "LIMIT_DEPTH",
  got: `more than ${limits.depth} maps or lists inside each other`,
  want: `at most ${limits.depth}`,
  fix: "compare the indentation with environments/dev.yaml",
};

const secondDocument: Fault & { got: string } = {
  code: "YAML_DOCUMENTS",
  got: "a second document",
  want: "one document per file",
  fix: "remove the line ---, or move what follows to a file of its own",
};

/** The parser's own words may quote the file, and with it a secret: ours do not. */
const words: Readonly<Record<string, readonly [code: string, want: string, fix: string]>> = {
  TAB_AS_INDENT: ["YAML_TAB", "indentation by spaces", "replace the tab by spaces"],
  TAG_RESOLVE_FAILED: ["YAML_TAG", "plain values without tags", "remove the word that begins with !"],
  BAD_DIRECTIVE: ["YAML_DIRECTIVE", "YAML 1.2 without directives", "remove the line that begins with %"],
  BAD_INDENT: [
    "YAML_SYNTAX",
    "the lines of a map or list indented alike, and an end for each bracket",
    "align the line with its neighbours, or close the bracket before it",
  ],
  MISSING_CHAR: ["YAML_SYNTAX", "a matching end for each quote and bracket", "close what this line opens"],
  BAD_SCALAR_START: ["YAML_SYNTAX", "text that begins with ` or @ in quotes", "put the value in quotes"],
  BAD_DQ_ESCAPE: ["YAML_SYNTAX", "a known escape after each \\ in double quotes", "use single quotes, or write \\\\"],
};
const anySyntax = ["YAML_SYNTAX", "YAML: one `key: value` per line", "put text with `: ` or ` #` in quotes"] as const;

/** What the parser found, once per line: one slip of the pen often has it stumble several times. */
function syntaxFaults({ errors, warnings }: Document.Parsed, place: Source["place"]): Faulty[] {
  const byLine = new Map<number, YAMLError>();
  // Behind a bracket or quote that is never closed, everything looks wrong.
  const open = errors.find(({ code }) => code === "MISSING_CHAR");
  for (const error of open ? [open] : [...errors, ...warnings].sort((a, b) => a.pos[0] - b.pos[0])) {
    const { line } = place(error.pos[0]);
    if (!byLine.has(line)) byLine.set(line, error);
  }
  return [...byLine.values()].map((error) => {
    const [code, want, fix] = words[error.code] ?? anySyntax;
    return { offset: error.pos[0], code, got: "text that is not valid there", want, fix };
  });
}
