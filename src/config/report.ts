import { parseArn } from "../core/arn";
import { looksRandom, namesSecret, secretWithin } from "../core/secret-text";
import type { Fault, Mistake } from "./mistakes";
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
      path: pathText(path.map(withoutSecret)),
      code,
      got: got ?? (on === "key" ? shownKey(String(path.at(-1))) : shown(path, tree)),
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
  if (secret || secretWithin(text) || looksRandom(text)) return "a value (not shown)";
  return typeof value === "string" ? quoted(text) : source;
}

/** A key as its author wrote it, unless it is a secret. */
const shownKey = (key: string) => (secretWithin(key) ? "a key (not shown)" : quoted(key));
const withoutSecret = (step: string | number) =>
  typeof step === "string" && secretWithin(step) ? "(not shown)" : step;

function namesOf(keys: readonly string[]): string {
  const most = 5;
  if (keys.length === 0) return "an empty map";
  const names = keys
    .slice(0, most)
    .map((key) => (/^[\w.-]{1,40}$/.test(key) && !secretWithin(key) ? key : shownKey(key)));
  return `a map with ${names.join(", ")}${keys.length > most ? `, … (${keys.length} keys)` : ""}`;
}
