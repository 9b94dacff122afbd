/** A finding of the policy that is accepted, by whoever answers for the environment. */
export interface Suppression {
  readonly rule: string;
  /** Address or construct path of what it is accepted for; `*` stands for any text. */
  readonly resource: string;
  /** Why it is accepted, for the one who reads this in a year: at least `shortestReason` characters. */
  readonly reason: string;
  /**
   * Last day on which it holds, as `2026-12-31` (UTC).
   * @default - for ever
   */
  readonly expires?: string;
}

/** Shortest reason that can mean something to a stranger, in characters. */
export const shortestReason = 20;

/** Whether a text is a day of the calendar, as `2026-12-31`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
