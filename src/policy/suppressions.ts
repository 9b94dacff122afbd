import type { Doc, Entry } from "./doc";
import { asBlock, blocks } from "./json";

/** A finding that is accepted, by whoever answers for the environment. */
export interface Suppression {
  readonly rule: string;
  /** Address or construct path of what it is accepted for; `*` stands for any text. */
  readonly resource: string;
  /** Why it is accepted, for the one who reads this in a year: at least 20 characters. */
  readonly reason: string;
  /**
   * Last day on which it holds, as `2026-12-31` (UTC).
   * @default - for ever
   */
  readonly expires?: string;
}

/** A suppression with the places it may apply to. */
export interface Acknowledgement {
  readonly rule: string;
  readonly reason: string;
  readonly expires: string | undefined;
  /** Who accepts: the environment, a line of stack or module code, or the generator for what a choice implies. */
  readonly source: "environment" | "code" | "generator";
  /** Where it is written, for a report. */
  readonly where: string;
  readonly entry: Entry | undefined;
  covers(at: Entry): boolean;
}

/** Construct path of what cdktf synthesized. */
export function pathOf({ body }: Entry): string | undefined {
  const { path } = asBlock(asBlock(body["//"]).metadata);
  return typeof path === "string" ? path : undefined;
}

/** What resources say about themselves, under `"//".policy.suppress`. */
export function inCode(doc: Doc): Acknowledgement[] {
  return doc.entries.flatMap((entry) => {
    const comment = entry.body["//"];
    if (comment === undefined) return [];
    return blocks(asBlock(asBlock(comment).policy).suppress).map(({ rule, reason, expires, source }) => ({
      rule: String(rule),
      reason: text(reason),
      expires: expires === undefined ? undefined : String(expires),
      source: source === "generator" ? ("generator" as const) : ("code" as const),
      where: `${entry.stack}: ${entry.address}`,
      entry,
      covers: (at: Entry) => at === entry,
    }));
  });
}

/** What the description of an environment says. */
export function inEnvironment(suppressions: readonly Suppression[]): Acknowledgement[] {
  return suppressions.map(({ rule, resource, reason, expires }, index) => {
    const pattern = globPattern(text(resource));
    return {
      ...{
        rule,
        reason: text(reason),
        expires,
        source: "environment",
        where: `suppression ${index + 1} (${resource})`,
      },
      entry: undefined,
      covers: (at) => pattern.test(at.address) || pattern.test(pathOf(at) ?? at.address),
    };
  });
}

function globPattern(glob: string): RegExp {
  return new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*+/g, ".*")}$`, "s");
}

/** Whether a text is a day of the calendar, as `2026-12-31`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
