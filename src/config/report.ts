import type { Fault, Mistake } from "./mistakes";
import { isCredential, looksRandom, namesSecret } from "./secret-text";
import { parseArn } from "./shape/arn";
import type { Source } from "./yaml/parse";
import { locate, type Path, pathText, quoted, type Tree } from "./yaml/tree";

/** Where a mistake is said to be: at the value, or at its key. */
export interface Whereabouts {
  /** @default - the value at the path, as written */
  readonly got?: string;
  readonly on?: "key" | "value";
}

/** Takes note of a mistake of one file. */
export type Report = (path: Path, fault: Fault & Whereabouts) => void;

/** Notes mistakes of one file, with the place of each and the value found there. */
export function reporterOf(file: string, source: Source, mistakes: Mistake[]): Report {
  return (path, { code, want, fix, got, on = "value" }) => {
    const { tree, value, key } = locate(source.tree, path);
    const { line, column } = source.place(on === "key" ? key : value);
    mistakes.push({
      file,
      line,
      column,
      path: pathText(path),
      code,
      got: got ?? (on === "key" ? quoted(String(path.at(-1))) : shown(path, tree)),
      want,
      fix,
    });
  };
}

/** Notes what was wrong with the text of a file before any of its values was looked at. */
export function noteFaults(file: string, { faults, place }: Source, mistakes: Mistake[]): void {
  for (const { offset, path = [], code, got, want, fix } of faults) {
    mistakes.push({ file, ...place(offset), path: pathText(path), code, got, want, fix });
  }
}

/** A value as its author wrote it, unless it may be a secret. */
export function shown(path: Path, tree: Tree | undefined): string {
  if (!tree) return "nothing";
  if (tree.kind === "map") return namesOf([...tree.entries.keys()]);
  if (tree.kind === "list") return `a list of ${tree.items.length}`;
  const { value, source } = tree;
  if (value === null) return "nothing";
  const text = String(value);
  const secret = path.some((step) => typeof step === "string" && namesSecret(step)) && !parseArn(text);
  if (secret || isCredential(text) || looksRandom(text)) return "a value (not shown)";
  return typeof value === "string" ? quoted(text) : source;
}

function namesOf(keys: readonly string[]): string {
  const most = 5;
  if (keys.length === 0) return "an empty map";
  const names = keys.slice(0, most).map((key) => (/^[\w.-]{1,40}$/.test(key) ? key : quoted(key)));
  return `a map with ${names.join(", ")}${keys.length > most ? `, … (${keys.length} keys)` : ""}`;
}
