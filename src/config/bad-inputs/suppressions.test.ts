import { describe, expect, it } from "vitest";
import { type Change, description, load, refusalOf } from "./description";

const reason = "HTTP until the certificate of the new domain is there";
const accepting = (entry: string): Change => ({ top: `suppressions: [{ ${entry} }]` });

const cases: [title: string, change: Change, message: string][] = [
  [
    "a suppression without a reason (bad input 121)",
    accepting("rule: LB-01, resource: aws_lb.public"),
    `
dev.yaml:2:16 KEY_MISSING
  at    suppressions[0].reason
  got   nothing
  want  a reason of 20 to 1000 characters
  fix   add reason`,
  ],
  [
    "a reason that says nothing (bad input 121)",
    accepting('rule: LB-01, resource: aws_lb.public, reason: "it is known   x"'),
    `
dev.yaml:2:64 ACK_REASON
  at    suppressions[0].reason
  got   "it is known   x"
  want  a reason of 20 to 1000 characters
  fix   say what makes the risk acceptable here`,
  ],
  [
    "a reason of spaces (bad input 121)",
    accepting(`rule: LB-01, resource: aws_lb.public, reason: "${" ".repeat(30)}"`),
    `
dev.yaml:2:64 ACK_REASON
  at    suppressions[0].reason
  got   "${" ".repeat(30)}"
  want  a reason of 20 to 1000 characters
  fix   say what makes the risk acceptable here`,
  ],
  [
    "a rule that has no id (bad input 121)",
    accepting(`rule: lb-1, resource: aws_lb.public, reason: ${reason}`),
    `
dev.yaml:2:24 ACK_RULE
  at    suppressions[0].rule
  got   "lb-1"
  want  the id of a rule, such as LB-01
  fix   copy it from the finding`,
  ],
  [
    "a suppression of nothing in particular (bad input 121)",
    accepting(`rule: LB-01, resource: "", reason: ${reason}`),
    `
dev.yaml:2:41 ACK_RESOURCE
  at    suppressions[0].resource
  got   ""
  want  an address or a construct path of 1 to 1000 characters
  fix   copy it from the finding`,
  ],
  ...["2026-02-30", "2027-02-29", "2026-13-01", "31.12.2026", "2026-12-31T10:00:00Z"].map(
    (expires): [string, Change, string] => [
      `the end ${expires}, a day that never comes (bad input 121)`,
      accepting(`rule: LB-01, resource: aws_lb.public, expires: "${expires}", reason: ${reason}`),
      `
dev.yaml:2:65 ACK_EXPIRES
  at    suppressions[0].expires
  got   "${expires}"
  want  a day of the calendar, as 2026-12-31
  fix   write year-month-day in digits`,
    ],
  ),
  [
    "a misspelt key of a suppression",
    accepting(`rule: LB-01, resource: aws_lb.public, reason: ${reason}, expiry: 2026-12-31`),
    `
dev.yaml:2:119 KEY_UNKNOWN
  at    suppressions[0].expiry
  got   "expiry"
  want  one of rule, resource, reason, expires
  fix   did you mean expires?`,
  ],
  [
    "suppressions that are no list",
    { top: "suppressions: { LB-01: aws_lb.public }" },
    `
dev.yaml:2:15 VALUE_FORM
  at    suppressions
  got   a map with LB-01
  want  a list
  fix   put the values in [ ], with commas between them`,
  ],
];

describe("a description is refused for", () => {
  it.each(cases)("%s", (_, change, message) => expect(refusalOf(change)).toBe(message.trimStart()));
});

describe("the suppressions of a description", () => {
  const suppressionsOf = (top?: string) => load({ "dev.yaml": description({ top }) })[0]!.suppressions;

  it("are none when nothing is said", () => expect(suppressionsOf()).toEqual([]));

  it("come as they are written, in their order, a block of text as reason too", () => {
    const top = `suppressions:
  - { rule: LB-01, resource: aws_lb.*, reason: ${reason} }
  - rule: ECS-08
    resource: wordpress-service-dev/shop
    expires: 2028-02-29
    reason: |
      the agent watches its neighbours,
      and runs for this month only`;
    expect(suppressionsOf(top)).toEqual([
      { rule: "LB-01", resource: "aws_lb.*", reason },
      {
        ...{ rule: "ECS-08", resource: "wordpress-service-dev/shop", expires: "2028-02-29" },
        reason: "the agent watches its neighbours,\nand runs for this month only\n",
      },
    ]);
  });
});
