import { describe, expect, it } from "vitest";
import type { Block } from "../../core/terraform-json";
import { checkStacks, judgeStacks } from "../engine";
import type { Rule } from "../rule";

type Names = Record<string, Record<string, unknown>>;

/** A document with the given resources, and data sources where asked. */
export function aws(resource: Names, rest: Block = {}): Block {
  return { resource, ...rest };
}

/** The same document in an environment that goes with its stack. */
export function disposable(document: Block): Block {
  return { ...document, provider: { aws: [{ default_tags: [{ tags: { "slipway:on-removal": "destroy" } }] }] } };
}

/** One change of a document, and the address at which it must be noticed. */
export interface Flip {
  readonly at: string;
  apply(document: Block): Block;
}

/** Gives an argument, named as `aws_vpc/main/cidr_block`, another value. `at` is where it is noticed, if elsewhere. */
export function set(path: string, value: unknown, at = addressIn(path)): Flip {
  return change(path, at, (holder, key) => {
    holder[key] = value;
  });
}

/** Takes an argument away. */
export function drop(path: string, at = addressIn(path)): Flip {
  return change(path, at, (holder, key) => {
    delete holder[key];
  });
}

/** Changes something inside JSON that is written in an argument: everything up to `//` leads to the argument. */
export function setInside(path: string, value: unknown, at = addressIn(path)): Flip {
  const [argument, inner] = path.split("//") as [string, string];
  return change(argument, at, (holder, key) => {
    const parsed = JSON.parse(holder[key] as string);
    const [target, last] = holderOf(parsed, inner.split("/"));
    target[last] = value;
    holder[key] = JSON.stringify(parsed);
  });
}

interface Specification {
  /** What keeps the rule: one document, or several. */
  readonly good: Block | readonly Block[];
  /** What breaks it, each starting from the first good document. */
  readonly broken: Readonly<Record<string, Flip | readonly Flip[]>>;
  /** What it has nothing to say about. */
  readonly elsewhere: Block | readonly Block[];
}

const reason = "accepted here because the test says so";

/** The specification of a rule: what keeps it, what breaks it, what it does not concern, and that it can be accepted. */
export function specify(rule: Rule, { good, broken, elsewhere }: Specification): void {
  const check = (document: Block) => checkStacks([{ name: "test", document }], { rules: [rule] });
  const [first] = several(good);
  const breaking = Object.entries(broken).map(([title, flips]): [string, string, Block] => {
    const list = Array.isArray(flips) ? (flips as readonly Flip[]) : [flips as Flip];
    return [title, list[0]!.at, list.reduce((document, flip) => flip.apply(document), first!)];
  });

  describe(`${rule.id}: ${rule.title}`, () => {
    it.each(several(good).map((document) => [document]))("passes what keeps it (%#)", (document) => {
      expect(check(document)).toEqual([]);
    });

    it.each(breaking)("is broken when %s", (_, at, document) => {
      const findings = check(document);
      expect(findings.map(({ rule, address }) => [rule, address])).toContainEqual([rule.id, at]);
      for (const finding of findings) expect(Object.values(finding)).not.toContain("");
    });

    it.each(several(elsewhere).map((document) => [document]))("has nothing to say elsewhere (%#)", (document) => {
      expect(check(document)).toEqual([]);
    });

    it.each(breaking)("can be accepted by the environment when %s", (_, __, document) => {
      const suppressions = [...new Set(check(document).map(({ address }) => address))].map((resource) => ({
        ...{ rule: rule.id, resource, reason },
      }));
      const verdict = judgeStacks([{ name: "test", document }], { rules: [rule], suppressions });
      expect(verdict.findings).toEqual([]);
      expect(verdict.accepted.length).toBeGreaterThan(0);
    });
  });
}

function change(path: string, at: string, edit: (holder: Record<string, unknown>, key: string) => void): Flip {
  return {
    at,
    apply: (document) => {
      const copy = structuredClone(document) as Record<string, unknown>;
      const keys = path.split("/");
      const [holder, key] = holderOf(
        copy,
        /^(data|provider|terraform|output)$/.test(keys[0]!) ? keys : ["resource", ...keys],
      );
      edit(holder, key);
      return copy;
    },
  };
}

function holderOf(root: unknown, keys: readonly string[]): [Record<string, unknown>, string] {
  let holder = root as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) {
    holder[key] ??= {};
    holder = holder[key] as Record<string, unknown>;
  }
  return [holder, keys.at(-1)!];
}

function addressIn(path: string): string {
  const [first, second, third] = path.split("/");
  if (first === "terraform") return first;
  if (first === "provider") return `${first}.${second}`;
  return first === "data" ? `data.${second}.${third}` : `${first}.${second}`;
}

const several = (documents: Block | readonly Block[]) =>
  (Array.isArray(documents) ? documents : [documents]) as Block[];
