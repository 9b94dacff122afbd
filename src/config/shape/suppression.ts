import { isDay, shortestReason } from "../../core/suppression";
import { section, text } from "./field";

const day = {
  code: "ACK_EXPIRES",
  want: "a day of the calendar, as 2026-12-31",
  fix: "write year-month-day in digits",
};

/** A finding of the policy that somebody answers for. Whether the rule and the place exist, the policy says. */
export const suppression = section("A finding that is accepted, and why.", {
  rule: text("Id of the rule, as in the finding.", {
    code: "ACK_RULE",
    want: "the id of a rule, such as LB-01",
    fix: "copy it from the finding",
    pattern: /^[A-Z0-9]+-\d+$/,
  }),
  resource: text("Address or construct path of what it is accepted for; * stands for any text.", {
    code: "ACK_RESOURCE",
    want: "an address or a construct path of 1 to 1000 characters",
    fix: "copy it from the finding",
    pattern: /^\S{1,1000}$/,
  }),
  reason: text("What makes the risk acceptable here, for the one who reads it in a year.", {
    code: "ACK_REASON",
    want: `a reason of ${shortestReason} to 1000 characters`,
    fix: "say what makes the risk acceptable here",
    // Written as a block of YAML, it ends in a line feed.
    pattern: new RegExp(`^\\S[\\s\\S]{${shortestReason - 2},998}\\S\\n?$`),
  }),
  expires: text("Last day on which it holds, in UTC. Without it, for ever.", {
    ...day,
    pattern: /^\d{4}-\d{2}-\d{2}$/,
    check: (text) => (isDay(text) ? undefined : day),
  }).optional(),
});
