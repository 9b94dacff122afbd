import { InvalidProps } from "../core/invalid-props";
import { OutputError } from "../synth";

/** A mistake in how the command was called, or in what it was given. */
export class UsageError extends Error {}

export interface Failure {
  readonly text: string;
  /** 2: the user can repair it. 1: we must. More than 128: a signal ended it. */
  readonly exitCode: number;
}

/** How cdktf reports validations of constructs and error annotations: things that a stack or its description did wrong. */
const refusedByCdktf =
  /^(Validation failed with the following errors|App level validation failed|Encountered Annotations)/;

/** What to print about an error. Nobody gets a stack trace who has not asked for one. */
export function explain(error: unknown, debug: boolean): Failure {
  const trace = debug && error instanceof Error ? `\n\n${error.stack}` : "";
  const message = error instanceof Error ? error.message : String(error);
  if (hasReport(error)) return { text: `${error.report()}${trace}`, exitCode: error.exitCode ?? 2 };
  if (error instanceof UsageError || error instanceof InvalidProps || error instanceof OutputError) {
    return { text: `error: ${message}${trace}`, exitCode: 2 };
  }
  if (refusedByCdktf.test(message)) return { text: `error: ${message}${trace}`, exitCode: 2 };
  const hint = debug ? trace : "\nRun it again with SLIPWAY_DEBUG=1 to see where.";
  return {
    text: `Slipway failed; this is a bug in Slipway, not in your description.\n  ${message}${hint}`,
    exitCode: 1,
  };
}

/** Errors that collect many mistakes print themselves. */
function hasReport(error: unknown): error is { report(): string; exitCode?: number } {
  return typeof (error as { report?: unknown } | undefined)?.report === "function";
}
