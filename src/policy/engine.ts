import type { Suppression } from "../core/suppression";
import type { Block } from "../core/terraform-json";
import { Doc } from "./doc";
import type { Finding } from "./finding";
import { findingAbout, flawOf, stale } from "./flaws";
import { type Complaint, type Rule, severities } from "./rule";
import { rules as catalogue } from "./rules";
import { type Acknowledgement, inCode, inEnvironment, pathOf } from "./suppressions";

export interface Stack {
  readonly name: string;
  /** Parsed Terraform JSON. */
  readonly document: object;
}

/** A finding that somebody answers for. */
export interface Accepted extends Finding {
  readonly reason: string;
  readonly source: Acknowledgement["source"];
}

export interface Verdict {
  readonly findings: readonly Finding[];
  readonly accepted: readonly Accepted[];
  /** How much was looked at. */
  readonly rules: number;
  readonly resources: number;
}

export interface CheckOptions {
  /** What the environment of these stacks accepts. */
  readonly suppressions?: readonly Suppression[];
  /**
   * Day to compare with the ends of suppressions.
   * @default - today, in UTC
   */
  readonly today?: string;
  /** @default - all rules */
  readonly rules?: readonly Rule[];
}

/** What is wrong with the stacks of one environment, all at once, the worst first. Nothing else may be wrong with them. */
export function checkStacks(stacks: readonly Stack[], options: CheckOptions = {}): Finding[] {
  return [...judgeStacks(stacks, options).findings];
}

/** The same, together with what was accepted and by whom. */
export function judgeStacks(stacks: readonly Stack[], options: CheckOptions = {}): Verdict {
  const { suppressions = [], today = new Date().toISOString().slice(0, 10), rules = catalogue } = options;
  const docs = stacks.map(({ name, document }) => new Doc(name, document as Block));
  const acknowledgements = [...docs.flatMap(inCode), ...inEnvironment(suppressions)];
  const flaws = new Map(acknowledgements.map((one) => [one, flawOf(one, rules, today)]));
  const used = new Set<Acknowledgement>();
  const findings: Finding[] = [];
  const accepted: Accepted[] = [];

  for (const rule of rules) {
    const about = acknowledgements.filter((one) => one.rule === rule.id);
    for (const complaint of [...docs.flatMap((doc) => rule.check(doc)), ...(rule.compare?.(docs) ?? [])]) {
      const covering = about.filter((one) => one.covers(complaint.at));
      for (const one of covering) used.add(one);
      const answer = covering.find((one) => !flaws.get(one));
      if (answer) accepted.push({ ...findingOf(rule, complaint), reason: answer.reason, source: answer.source });
      else findings.push(findingOf(rule, complaint));
    }
  }
  for (const one of acknowledgements) {
    const flaw = flaws.get(one) ?? (used.has(one) ? undefined : stale);
    if (flaw) findings.push(findingAbout(one, flaw));
  }
  const resources = docs.reduce((sum, doc) => sum + doc.size, 0);
  return { findings: findings.sort(worstFirst), accepted: accepted.sort(worstFirst), rules: rules.length, resources };
}

function findingOf(rule: Rule, { at, argument, given, wanted }: Complaint): Finding {
  const { id, title, severity, why, fix } = rule;
  const place = { stack: at.stack, address: at.address, path: pathOf(at), argument };
  return { rule: id, title, severity, ...place, given: asText(given), wanted, why, fix };
}

function asText(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= 200 ? text : `${text.slice(0, 197)}...`;
}

function worstFirst(a: Finding, b: Finding): number {
  const rank = severities.indexOf(a.severity) - severities.indexOf(b.severity);
  return rank || compare(a.rule, b.rule) || compare(a.stack, b.stack) || compare(a.address, b.address);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
