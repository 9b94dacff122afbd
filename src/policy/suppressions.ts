import type { Suppression } from "../core/suppression";
import { asBlock, blocks, constructPath } from "../core/terraform-json";
import type { Doc, Entry } from "./doc";

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
export const pathOf = ({ body }: Entry) => constructPath(body);

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

const text = (value: unknown) => (typeof value === "string" ? value : "");
