import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from "yaml";
import { limits } from "../limits";
import type { Fault } from "../mistakes";
import { keyFault, textFault } from "./text-faults";
import { type Entry, type Path, quoted, type Tree } from "./tree";

/** A fault of the text itself, at an offset of the file. */
export interface Faulty extends Fault {
  readonly offset: number;
  readonly path?: Path;
  readonly got: string;
}

/** Makes plain, located values of what the parser composed. What must not be there is left out and reported. */
export function treeOf(contents: unknown): { tree?: Tree; faults: readonly Faulty[] } {
  const gardener = new Gardener();
  const tree = gardener.plant(contents as Node | null, [], 0);
  return { tree, faults: gardener.faults };
}

class Gardener {
  readonly faults: Faulty[] = [];
  private readonly anchors = new Map<string, Node>();
  private nodes = 0;
  private aliases = 0;

  plant(node: Node | null, path: Path, start: number): Tree | undefined {
    if (this.full(path, start)) return undefined;
    if (isAlias(node)) return this.follow(node.source, path, node.range?.[0] ?? start);
    const at = node?.range?.[0] ?? start;
    if (isMap(node) || isSeq(node) || isScalar(node)) {
      if (node.anchor) this.anchors.set(node.anchor, node);
      if (isMap(node)) return this.plantMap(node, path, at);
      if (isScalar(node)) return this.plantScalar(node, path, at);
      const items = node.items.map((item, index) => this.plant(item as Node, [...path, index], at));
      return { kind: "list", start: at, items: items.filter((item) => item !== undefined) };
    }
    return { kind: "scalar", start: at, value: null, source: "" };
  }

  private plantMap(map: YAMLMap, path: Path, start: number): Tree {
    const entries = new Map<string, Entry>();
    for (const { key, value } of map.items) {
      const at = (key as Node | null)?.range?.[0] ?? start;
      const name = isScalar(key) ? (key.source ?? String(key.value)).normalize("NFC") : undefined;
      const fault =
        name === undefined ? listAsKey : (keyFault(name) ?? (entries.has(name) ? twice(name, path) : undefined));
      if (fault || name === undefined) {
        this.faults.push({ offset: at, path, ...(fault ?? listAsKey) });
        continue;
      }
      const tree = this.plant(value as Node | null, [...path, name], at);
      if (tree) entries.set(name, { start: at, tree });
    }
    return { kind: "map", start, entries };
  }

  private plantScalar({ value, source = "" }: Scalar, path: Path, start: number): Tree | undefined {
    if (typeof value !== "string") return { kind: "scalar", start, value: value as number | boolean | null, source };
    const text = value.normalize("NFC");
    const fault = textFault(text);
    if (!fault) return { kind: "scalar", start, value: text, source };
    this.faults.push({ offset: start, path, ...fault });
    return undefined;
  }

  private follow(name: string, path: Path, start: number): Tree | undefined {
    const target = this.anchors.get(name);
    this.aliases += 1;
    if (target && this.aliases <= limits.aliases && path.length <= limits.depth) {
      const tree = this.plant(target, path, start);
      return tree && { ...tree, start };
    }
    const first = this.aliases === limits.aliases + 1 || path.length > limits.depth;
    if (!target) this.faults.push({ offset: start, path, ...unknownAlias });
    else if (first) this.faults.push({ offset: start, path, ...tooManyAliases });
    return undefined;
  }

  private full(path: Path, start: number): boolean {
    this.nodes += 1;
    if (this.nodes === limits.nodes + 1) this.faults.push({ offset: start, path, ...tooManyNodes });
    return this.nodes > limits.nodes;
  }
}

const listAsKey = {
  code: "KEY_FORM",
  got: "a map or a list as key",
  want: "text as key",
  fix: "write key: value",
};

const unknownAlias = {
  code: "YAML_ALIAS",
  got: "a word that begins with *",
  want: "an anchor that this file defines further up",
  fix: "put text that begins with * in quotes, or define the anchor with &",
};

const tooManyAliases = {
  code: "LIMIT_ALIASES",
  got: `more than ${limits.aliases} uses of *`,
  want: `at most ${limits.aliases} aliases, none of them inside what it stands for`,
  fix: "write the values out",
};

const tooManyNodes = {
  code: "LIMIT_NODES",
  got: `more than ${limits.nodes} keys and values`,
  want: `at most ${limits.nodes}`,
  fix: "divide the environment",
};

const twice = (name: string, path: Path) => ({
  code: "YAML_DUP_KEY",
  got: `${quoted(name)} again`,
  want: `each key once ${path.length === 0 ? "in the file" : "in its map"}`,
  fix: "remove one of the two, or merge them",
});
