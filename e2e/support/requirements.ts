import { describe, it } from "vitest";
import { findTool, remedyFor, type Tool } from "./tools";

export { findTool, type Tool };

/** Something on this machine that a group of tests cannot do without. */
export interface Requirement {
  readonly name: string;
  /** What to do about it; undefined where the machine has it. */
  readonly missing?: string;
}

/** A tool as a requirement of tests. */
export function tool(name: Tool, env: NodeJS.ProcessEnv = process.env): Requirement {
  return findTool(name, env) ? { name } : { name, missing: remedyFor(name) };
}

/**
 * A group of tests that need things of this machine. Where one is missing the group is skipped, and says so with what to
 * do; with SLIPWAY_E2E_REQUIRE=1, as in CI, it fails instead. `body` runs only when everything is there.
 */
export function describeWith(title: string, requirements: readonly Requirement[], body: () => void): void {
  const lacking = requirements.filter(({ missing }) => missing !== undefined);
  if (lacking.length === 0) {
    describe(title, body);
    return;
  }
  const what = lacking.map(({ name, missing }) => `needs ${name}: ${missing}`).join("; ");
  if (process.env.SLIPWAY_E2E_REQUIRE === "1") {
    describe(title, () =>
      it("finds what it needs", () => {
        throw new Error(`${what} (SLIPWAY_E2E_REQUIRE=1 allows no skipping)`);
      }),
    );
    return;
  }
  process.stderr.write(`SKIPPED "${title}" ${what}\n`);
  describe(title, () => it.skip(what, () => {}));
}

/** Whether every requirement is met, for work that only makes sense then. */
export const met = (requirements: readonly Requirement[]) => requirements.every(({ missing }) => missing === undefined);
