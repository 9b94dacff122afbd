import type { Accepted, Verdict } from "./engine";
import type { Finding } from "./finding";

/**
 * Everything that was found, for the one who must repair it: each broken rule once, with every place where it is broken.
 * Nothing found gives an empty text.
 */
export function report(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  const count = `${many(findings.length, "finding")} of ${many(byRule.size, "rule")}`;
  return [`The policy refuses the output: ${count}.`, ...[...byRule.values()].map(chapter)].join("\n\n");
}

function chapter(findings: readonly Finding[]): string {
  const { rule, severity, title, why, fix } = findings[0]!;
  const head = [`${rule} (${severity}): ${title}`, `  why: ${why}`, `  fix: ${fix}`];
  return [...head, ...findings.map(place)].join("\n");
}

function place({ stack, address, path, argument, given, wanted }: Finding): string {
  const made = path ? ` (${path})` : "";
  return `  - ${stack}: ${address}${made}\n      ${argument}: got ${given}, wanted ${wanted}`;
}

/** One line about a verdict; what the generator accepted by itself is counted apart. */
export function summary({ findings, accepted, rules, resources }: Verdict): string {
  const by = (source: Accepted["source"]) => accepted.filter((one) => one.source === source).length;
  const people = by("environment") + by("code");
  return [
    `${many(rules, "rule")} over ${many(resources, "resource")}: ${many(findings.length, "finding")}`,
    `${people} accepted by people`,
    `${by("generator")} accepted by the generator`,
  ].join(", ");
}

const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
