import type { Severity } from "./rule";

/** A broken rule at one place. */
export interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly stack: string;
  readonly address: string;
  /** Where the resource was made in the code. */
  readonly path: string | undefined;
  readonly argument: string;
  /** What the argument says, as text. Never a secret. */
  readonly given: string;
  readonly wanted: string;
  readonly why: string;
  readonly fix: string;
}
