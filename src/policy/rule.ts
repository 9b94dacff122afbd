import { same } from "../core/terraform-json";
import type { Doc, Entry } from "./doc";

/** How much is lost when the rule is broken. Every broken rule stops the synthesis; the worst are reported first. */
export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** What a rule has to say about one place. */
export interface Complaint {
  readonly at: Entry;
  /** Argument in question, as in the JSON. */
  readonly argument: string;
  readonly given: unknown;
  readonly wanted: string;
}

export interface Rule {
  readonly id: string;
  /** What is true when the rule is kept. */
  readonly title: string;
  readonly severity: Severity;
  /** What it looks at; `*` is everything. */
  readonly types: readonly string[];
  readonly why: string;
  readonly fix: string;
  /** Ids of the same idea in checkov, trivy and AWS Foundational Security Best Practices. */
  readonly also: readonly string[];
  check(doc: Doc): readonly Complaint[];
  /** For what only several stacks together can get wrong. */
  compare?(docs: readonly Doc[]): readonly Complaint[];
}

type Facts = Omit<Rule, "also" | "check" | "compare"> & {
  readonly also?: readonly string[];
  /** Only where data is kept: a copy that goes with its stack may do without. */
  readonly whenKept?: boolean;
};
type Look =
  | { readonly inspect: (entry: Entry, doc: Doc) => readonly Complaint[] }
  | { readonly check: (doc: Doc) => readonly Complaint[] }
  | { readonly compare: (docs: readonly Doc[]) => readonly Complaint[] };

/** A rule that inspects each entry of its types, checks a document as a whole, or compares several. */
export function rule({ whenKept = false, also = [], ...definition }: Facts & Look): Rule {
  const { id, title, severity, types, why, fix } = definition;
  const applies = (doc: Doc) => !whenKept || doc.onRemoval === "keep";
  const look = (doc: Doc): readonly Complaint[] => {
    if ("inspect" in definition) return doc.all(...types).flatMap((entry) => definition.inspect(entry, doc));
    return "check" in definition ? definition.check(doc) : [];
  };
  return {
    ...{ id, title, severity, types, why, fix, also },
    check: (doc) => (applies(doc) ? look(doc) : []),
    ...("compare" in definition && { compare: definition.compare }),
  };
}

/** A rule about resources that are never made at all. */
export function never(facts: Facts & { readonly instead: string }): Rule {
  const inspect = (at: Entry) => [{ at, argument: at.type, given: at.address, wanted: facts.instead }];
  return rule({ ...facts, inspect });
}

/** A complaint unless the argument has one of the values. */
export function must(at: Entry, argument: string, ...values: unknown[]): readonly Complaint[] {
  const given = at.body[argument];
  return values.some((value) => same(given, value)) ? [] : [{ at, argument, given, wanted: values.join(" or ") }];
}

/** One complaint when something is wrong, none when it is not. */
export function complainIf(
  wrong: boolean,
  at: Entry,
  argument: string,
  given: unknown,
  wanted: string,
): readonly Complaint[] {
  return wrong ? [{ at, argument, given, wanted }] : [];
}
