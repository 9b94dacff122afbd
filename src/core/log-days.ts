/** Days that CloudWatch Logs can keep a log. */
export const logDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What speaks against keeping a log for so many days, in the words of an error message. The repair keeps it no shorter. */
export function logDaysFault(days: number): { readonly want: string; readonly fix: string } | undefined {
  if (logDays.includes(days)) return undefined;
  const next = logDays.find((longer) => longer >= days) ?? logDays.at(-1);
  return { want: `one of ${logDays.join(", ")}`, fix: `use ${next}` };
}
