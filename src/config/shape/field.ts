import * as z from "zod";
import { logDays as retentions } from "../../core/log-days";
import type { Fault } from "../mistakes";

/** What a value must be, for whoever wrote another one. */
export interface Expectation {
  readonly code: string;
  /** Words that follow "want". */
  readonly want: string;
  /** @default - made of the value: quotes to add or to remove, the nearest of the accepted words, an example */
  readonly fix?: string;
  /** Of a number: both ends, included. */
  readonly range?: readonly [min: number, max: number];
  /** Of a map: the most entries. With more, none is looked at. */
  readonly most?: number;
  /** Of several forms: the key that tells them apart. */
  readonly by?: string;
  /** Finds what types and patterns cannot say, with a better repair. Sees only values that they accept. */
  readonly check?: (value: never) => Fault | undefined;
}

/** What is expected of each field. The schema is the shape; this is what to say to those who miss it. */
export const expectations = z.registry<Expectation>();

function expecting<S extends z.ZodType>(schema: S, expectation: Expectation): S {
  expectations.add(schema, expectation);
  return schema;
}

interface TextOptions extends Omit<Expectation, "check"> {
  readonly pattern?: RegExp;
  readonly max?: number;
  readonly check?: (value: string) => Fault | undefined;
}

/** Text of one line or several, in NFC. */
export function text(description: string, { pattern, max, ...expectation }: TextOptions) {
  let schema = z.string();
  if (max !== undefined) schema = schema.max(max);
  if (pattern) schema = schema.regex(pattern);
  return expecting(schema.describe(description), expectation);
}

interface WholeOptions {
  readonly code: string;
  readonly min: number;
  readonly max: number;
  readonly fix?: string;
}

/** A whole number with both ends included. */
export function whole(description: string, { min, max, code, fix }: WholeOptions) {
  const want = `a whole number from ${min} to ${max}`;
  return expecting(z.int().min(min).max(max).describe(description), { code, want, fix, range: [min, max] });
}

/** A number in halves with both ends included. */
export function halves(description: string, { min, max, code, fix }: WholeOptions) {
  const want = `a number from ${min} to ${max}, in halves`;
  const schema = z.number().min(min).max(max).multipleOf(0.5).describe(description);
  return expecting(schema, { code, want, fix: fix ?? "write for example 0.5", range: [min, max] });
}

/** Days that CloudWatch keeps a log: it accepts only these. */
export function logDays(description: string) {
  const want = `one of ${retentions.join(", ")}`;
  const schema = z.literal(retentions).describe(`${description}, in days. CloudWatch accepts only these numbers.`);
  return expecting(schema, { code: "LOG_DAYS", want, fix: "take the next larger one" });
}

/** One of a few words. */
export function choice<const W extends readonly string[]>(
  description: string,
  words: W,
  { code, fix, want = orList(words) }: { readonly code: string; readonly fix?: string; readonly want?: string },
) {
  return expecting(z.enum(words).describe(description), { code, want, fix });
}

export function flag(description: string) {
  return expecting(z.boolean().describe(description), { code: "FLAG", want: "true or false" });
}

/** A map with fixed keys. Any other key is a mistake. */
export function section<S extends z.ZodRawShape>(description: string, shape: S) {
  return expecting(z.strictObject(shape).describe(description), {
    code: "VALUE_FORM",
    want: `a map with keys such as ${Object.keys(shape)[0]}`,
    fix: "write its keys on lines of their own, further in",
  });
}

/** A map whose keys the author chooses. */
export function mapOf<K extends z.ZodString, V extends z.ZodType>(
  description: string,
  key: K,
  value: V,
  most?: number,
) {
  return expecting(z.record(key, value).describe(description), {
    code: "VALUE_FORM",
    want: "a map of names to values",
    fix: "write its keys on lines of their own, further in",
    most,
  });
}

export function listOf<I extends z.ZodType>(description: string, item: I) {
  return expecting(z.array(item).describe(description), {
    code: "VALUE_FORM",
    want: "a list",
    fix: "put the values in [ ], with commas between them",
  });
}

/** One of several forms, told apart by their keys. */
export function oneOf<const O extends readonly [z.ZodType, ...z.ZodType[]]>(
  description: string,
  options: O,
  expectation: Expectation,
) {
  return expecting(z.union(options).describe(description), expectation);
}

/** `a`, `a or b`, `a, b or c`. */
export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
