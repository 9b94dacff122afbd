import type * as z from "zod";
import { didYouMean } from "../core/did-you-mean";
import { namesSecret, secretWithin } from "../core/secret-text";
import type { Fault } from "./mistakes";
import { repair } from "./repair";
import type { Report } from "./report";
import { expectations } from "./shape/field";
import { unwrap } from "./shape/unwrap";
import { type MapTree, type Path, quoted, type ScalarTree, type Tree } from "./yaml/tree";

/** A value of which parts may have been wrong: those are undefined, all others are as if nothing had happened. */
export type Tolerant<T> = T extends readonly (infer I)[]
  ? readonly (Tolerant<I> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Tolerant<T[K]> }
    : T;

type Schema = z.core.$ZodType;

/**
 * Reads what a schema describes from a description and reports all that does not fit, going on behind each mistake. So one
 * run finds every mistake, and rules that compare fields still see all the fields that are right.
 */
export function check<S extends z.ZodType>(
  schema: S,
  tree: Tree,
  report: Report,
  other?: OtherKind,
): Tolerant<z.output<S>> | undefined {
  return new Checker(report, other).value(schema, tree, []) as Tolerant<z.output<S>> | undefined;
}

/** Another kind of description, whose keys are told apart from those that nobody knows. */
export interface OtherKind {
  readonly schema: z.ZodType;
  /** What it describes, in words. */
  readonly of: string;
  readonly fix: string;
}

class Checker {
  constructor(
    private readonly report: Report,
    private readonly other?: OtherKind,
  ) {}

  value(wrapped: Schema, tree: Tree | undefined, path: Path): unknown {
    const { schema, optional, fallback, prefill } = unwrap(wrapped);
    if (!tree) {
      if (prefill) return this.value(schema, { kind: "map", start: 0, entries: new Map() }, path);
      return optional ? fallback : this.missing(schema, path);
    }
    const { def } = schema._zod as z.core.$ZodTypeInternals & { def: z.core.$ZodTypes["_zod"]["def"] };
    switch (def.type) {
      case "object":
        return tree.kind === "map" ? this.section(def, tree, path) : this.misfit(schema, path, optional);
      case "record":
        return tree.kind === "map" ? this.map(schema, def, tree, path) : this.misfit(schema, path, optional);
      case "array":
        if (tree.kind !== "list") return this.misfit(schema, path, optional);
        return tree.items.map((item, index) => this.value(def.element, item, [...path, index]));
      case "union": {
        const option = choose(def, tree);
        if (option) return this.value(option, tree, path);
        const by = expectations.get(schema as z.ZodType)?.by;
        return this.misfit(schema, by && tree.kind === "map" ? [...path, by] : path, optional);
      }
      default:
        return tree.kind === "scalar" ? this.leaf(schema, tree, path, optional) : this.misfit(schema, path, optional);
    }
  }

  private section({ shape }: z.core.$ZodObjectDef, tree: MapTree, path: Path): object {
    for (const key of tree.entries.keys()) if (!Object.hasOwn(shape, key)) this.unknown(key, Object.keys(shape), path);
    const found: Record<string, unknown> = {};
    for (const key of Object.keys(shape)) {
      const value = this.value(shape[key]!, tree.entries.get(key)?.tree, [...path, key]);
      // As in a map: that the key was written, rules may know although its value was wrong.
      if (value !== undefined || tree.entries.has(key)) found[key] = value;
    }
    return found;
  }

  private map(schema: Schema, { keyType, valueType }: z.core.$ZodRecordDef, tree: MapTree, path: Path): unknown {
    const { most = Number.POSITIVE_INFINITY } = expectations.get(schema as z.ZodType)!;
    if (tree.entries.size > most) {
      const got = `${tree.entries.size} ${path.at(-1)}`;
      this.report(path, { code: "LIMIT_ENTRIES", got, want: `at most ${most}`, fix: "divide the environment" });
      return undefined;
    }
    const found: Record<string, unknown> = {};
    for (const [key, entry] of tree.entries) {
      const here = [...path, key];
      const fault = secretFault(key) ?? expectations.get(keyType as z.ZodType)?.check?.(key as never);
      if (fault) this.report(here, { ...fault, on: "key" });
      const value = this.value(valueType, entry.tree, here);
      found[key] = value; // undefined when wrong: that there is such a key, rules may still know
    }
    return found;
  }

  private leaf(schema: Schema, tree: ScalarTree, path: Path, optional: boolean): unknown {
    const odd = typeof tree.value === "number" && !/^-?(0|[1-9]\d*)(\.\d+)?$/.test(tree.source);
    const parsed = (schema as z.ZodType).safeParse(tree.value);
    if (!parsed.success || odd) return this.misfit(schema, path, optional, tree);
    const fault = expectations.get(schema as z.ZodType)?.check?.(parsed.data as never) ?? secretFault(parsed.data);
    if (fault) this.report(path, fault);
    return fault ? undefined : parsed.data;
  }

  private misfit(schema: Schema, path: Path, optional: boolean, tree?: ScalarTree): undefined {
    const { code, want, fix } = expectations.get(schema as z.ZodType)!;
    this.report(path, { code, want, fix: repair(schema, tree, optional) ?? fix ?? `write ${want}` });
  }

  private missing(schema: Schema, path: Path): undefined {
    const { want } = expectations.get(schema as z.ZodType)!;
    this.report(path, { code: "KEY_MISSING", want, fix: `add ${path.at(-1)}` });
  }

  private unknown(key: string, known: readonly string[], path: Path): void {
    const other = this.other;
    const foreign = other && knows(other.schema, [...path, key]);
    const meant = didYouMean(key, known);
    const fix = meant ? `did you mean ${meant}?` : "remove it, or move it to where it belongs";
    const fault =
      secretFault(key) ??
      (namesSecret(key)
        ? { ...secret, got: `${quoted(key)} with a value (not shown)` }
        : foreign
          ? { code: "KEY_TARGET", want: `one of ${known.join(", ")}: ${key} is a key of ${other.of}`, fix: other.fix }
          : { code: "KEY_UNKNOWN", want: `one of ${known.join(", ")}`, fix });
    this.report([...path, key], { ...fault, on: "key" });
  }
}

/** Whether a schema has a key at a path. */
function knows(wrapped: Schema, [step, ...rest]: Path): boolean {
  if (step === undefined) return true;
  const { def } = unwrap(wrapped).schema._zod as z.core.$ZodTypeInternals & { def: z.core.$ZodTypes["_zod"]["def"] };
  if (def.type === "object") return Object.hasOwn(def.shape, step) && knows(def.shape[step]!, rest);
  if (def.type === "record") return knows(def.valueType, rest);
  if (def.type === "array") return knows(def.element, rest);
  return def.type === "union" && def.options.some((option) => knows(option, [step, ...rest]));
}

const secret: Fault = {
  code: "SECRET_PLAIN",
  want: "no secret in a description: who reads it would know it",
  fix: "remove it; RDS makes the database's password itself, and services take others from Secrets Manager",
};

/** Wherever it stands, a credential would end up in the output, which the policy refuses. */
function secretFault(value: unknown): Fault | undefined {
  return typeof value === "string" && secretWithin(value) ? secret : undefined;
}

/** The form that was most likely meant: the one that has most of the keys that are there, all of one value first. */
function choose({ options }: z.core.$ZodUnionDef, tree: Tree): Schema | undefined {
  let best: { option: Schema; score: number } | undefined;
  for (const option of options) {
    const score = likeness(option, tree);
    if (score > (best?.score ?? 0)) best = { option, score };
  }
  return best?.option;
}

function likeness(option: Schema, tree: Tree): number {
  const { def } = option._zod as z.core.$ZodObject["_zod"];
  if (def.type !== "object" || tree.kind !== "map") return Number(def.type !== "object" && tree.kind === "scalar");
  let score = 0;
  for (const [key, { tree: value }] of tree.entries) {
    if (!Object.hasOwn(def.shape, key)) continue;
    const constant = (def.shape[key] as z.core.$ZodLiteral)._zod.def;
    if (constant.type !== "literal") score += 1;
    else if (value.kind === "scalar" && constant.values.includes(value.value)) score += 100;
    else return 0;
  }
  return score;
}
