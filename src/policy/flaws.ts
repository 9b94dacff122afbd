import { isDay, shortestReason } from "../core/suppression";
import type { Finding } from "./finding";
import type { Rule } from "./rule";
import { type Acknowledgement, pathOf } from "./suppressions";

/** Something wrong with a suppression itself. It accepts nothing then, and is a finding that nobody can accept. */
interface Flaw {
  readonly id: string;
  readonly title: string;
  readonly given: (one: Acknowledgement) => string;
  readonly wanted: string;
  readonly fix: string;
}

const unknownRule: Flaw = {
  id: "ACK-01",
  title: "suppressions name a rule that exists",
  given: ({ rule }) => rule,
  wanted: "the id of a rule",
  fix: "correct the id, or remove the suppression of a rule that is gone",
};

const thinReason: Flaw = {
  id: "ACK-02",
  title: "suppressions say why",
  given: ({ reason }) => reason,
  wanted: `a reason of at least ${shortestReason} characters that is not the rule's own text`,
  fix: "write what makes the risk acceptable here, for the one who reviews it in a year",
};

/** Nothing is wrong with it but that there is nothing to accept. */
export const stale: Flaw = {
  id: "ACK-03",
  title: "suppressions accept something",
  given: ({ rule }) => `no finding of ${rule} here`,
  wanted: "a finding that it accepts",
  fix: "remove it: what it accepted is gone, or never was at this place",
};

const expired: Flaw = {
  id: "ACK-04",
  title: "suppressions are renewed or removed when their time is over",
  given: ({ expires }) => `${expires}`,
  wanted: "a day that is not over",
  fix: "repair what was accepted for a time, or decide anew and move the date",
};

const noDay: Flaw = {
  id: "ACK-05",
  title: "suppressions end on a day of the calendar",
  given: ({ expires }) => `${expires}`,
  wanted: "a day such as 2026-12-31",
  fix: "write the last day on which it holds as year-month-day",
};

/** What is wrong with a suppression before looking at what it would accept. */
export function flawOf({ rule, reason, expires }: Acknowledgement, rules: readonly Rule[], today: string) {
  const known = rules.find(({ id }) => id === rule);
  if (!known) return unknownRule;
  const words = reason.trim();
  if (words.length < shortestReason || [known.title, known.why, known.fix].includes(words)) return thinReason;
  if (expires === undefined) return undefined;
  if (!isDay(expires)) return noDay;
  return expires < today ? expired : undefined;
}

export function findingAbout(one: Acknowledgement, { id, title, given, wanted, fix }: Flaw): Finding {
  return {
    ...{ rule: id, title, severity: "high", wanted, fix, argument: "suppress", given: given(one) },
    stack: one.entry?.stack ?? "environment",
    address: one.entry?.address ?? one.where,
    path: one.entry && pathOf(one.entry),
    why: "a suppression is a decision: one that nobody can follow hides the next finding",
  };
}
