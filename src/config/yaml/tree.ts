/** A description as it was written: plain values, each with its offset in the file. */
export type Tree = ScalarTree | ListTree | MapTree;

export interface ScalarTree {
  readonly kind: "scalar";
  readonly start: number;
  readonly value: string | number | boolean | null;
  /** The value as written: `010` and `0x50` are no longer what they were once they are numbers. */
  readonly source: string;
}

export interface ListTree {
  readonly kind: "list";
  readonly start: number;
  readonly items: readonly Tree[];
}

export interface MapTree {
  readonly kind: "map";
  readonly start: number;
  /** A map and not an object, in which a key such as `constructor` would already be there. */
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  /** Offset of the key. */
  readonly start: number;
  readonly tree: Tree;
}

/** Keys and list positions from the top of a description down to a value. */
export type Path = readonly (string | number)[];

/** `wordpress.network.zones[1]`; a key that is no plain word is put in quotes. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[\w-]+$/.test(step)) return `[${quoted(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** Characters that nobody sees, but for tab and line feed: controls, formats, halves of pairs, line separators. */
export const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Text in double quotes, shortened. Invisible characters are spelt out: they could rewrite the reader's terminal. */
export function quoted(text: string): string {
  const longest = 60;
  const shown = text.length > longest ? text.slice(0, longest) : text;
  const visible = JSON.stringify(shown).replace(
    new RegExp(invisible, "gu"),
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
  return shown === text ? visible : `${visible}… (${text.length} characters)`;
}

/** The value at a path, with the offset of its key; for a value that is not there, what is nearest above it. */
export function locate(root: Tree | undefined, path: Path): { tree?: Tree; value: number; key: number } {
  let [tree, key] = [root, root?.start ?? 0];
  for (const step of path) {
    const entry = tree?.kind === "map" ? tree.entries.get(String(step)) : undefined;
    const item = tree?.kind === "list" ? tree.items[Number(step)] : undefined;
    if (!entry && !item) return { value: key, key };
    tree = entry?.tree ?? item!;
    key = entry?.start ?? item!.start;
  }
  return { tree, value: tree?.start ?? 0, key };
}
