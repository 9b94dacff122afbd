import { describe, expect, it } from "vitest";
import { refusalOf } from "./description";

const cases: [title: string, line: string, message: string][] = [
  [
    "a plan of backups by a word (S3-W15)",
    "backupPlan: true",
    `
dev.yaml:8:15 VALUE_FORM
  at    wordpress.backupPlan
  got   true
  want  a map with keys such as keepDays
  fix   write its keys on lines of their own, further in`,
  ],
  [
    "copies that are kept for no day",
    "backupPlan: { keepDays: 0 }",
    `
dev.yaml:8:27 BACKUP_DAYS
  at    wordpress.backupPlan.keepDays
  got   0
  want  a whole number from 1 to 36500
  fix   a month is 31, a year 365`,
  ],
  [
    "copies of a month that go before those of a night",
    "backupPlan: { monthlyKeepDays: 30 }",
    `
dev.yaml:8:34 BACKUP_MONTHLY
  at    wordpress.backupPlan.monthlyKeepDays
  got   30
  want  at least 35, as many days as the other copies have (keepDays)
  fix   a year is 365; leave it out for keepDays`,
  ],
  [
    "an hour that no clock shows",
    "backupPlan: { hour: 24 }",
    `
dev.yaml:8:23 BACKUP_HOUR
  at    wordpress.backupPlan.hour
  got   24
  want  a whole number from 0 to 23
  fix   write 23 or less`,
  ],
  [
    "an hour in which RDS takes its own copy",
    "backupPlan: { hour: 3 }",
    `
dev.yaml:8:23 BACKUP_HOUR
  at    wordpress.backupPlan.hour
  got   3
  want  an hour that is neither in the database's window 03:00-04:00 nor the one before it
  fix   write 1`,
  ],
  [
    "a lock that nobody opens again",
    "backupPlan: { lock: compliance }",
    `
dev.yaml:8:23 BACKUP_LOCK
  at    wordpress.backupPlan.lock
  got   "compliance"
  want  none or governance
  fix   write none or governance`,
  ],
  [
    "a key of data that nobody has",
    "dataKey: mine",
    `
dev.yaml:8:12 DATA_KEY
  at    wordpress.dataKey
  got   "mine"
  want  aws or own
  fix   write aws or own`,
  ],
];

describe("mistakes in how data is kept safe", () => {
  it.each(cases)("include %s", (_, wordpress, message) => {
    expect(refusalOf({ wordpress })).toBe(message.trim());
  });

  it("include files that are left out of the plan", () => {
    expect(refusalOf({ wordpress: "backupPlan: {}\n  files: { backups: false }" })).toBe(
      `
dev.yaml:9:21 BACKUP_CHOICE
  at    wordpress.files.backups
  got   false
  want  true, or nothing, beside backupPlan
  fix   remove it: the plan copies all data`.trim(),
    );
  });

  it.each([
    ["the hour before", 2],
    ["the hour of", 3],
  ])("include a plan in %s the window that RDS chooses for its copy", (_, hour) => {
    expect(refusalOf({ wordpress: `backupPlan: { hour: ${hour} }` })).toContain("database's window 03:00-04:00");
  });

  it.each([
    ["its copy, round midnight", 'backupWindow: "00:30-01:30"', 23, "00:30-01:30"],
    ["its updates", 'maintenanceWindow: "mon:12:00-mon:13:00"', 11, "mon:12:00-mon:13:00"],
    ["its updates, round the week's end", 'maintenanceWindow: "mon:00:10-mon:00:50"', 23, "mon:00:10-mon:00:50"],
  ])("include a plan in the hour before the window that a description names for %s", (_, database, hour, window) => {
    const refused = refusalOf({ database, wordpress: `backupPlan: { hour: ${hour} }` });
    expect(refused).toContain(`database's window ${window} nor the one before it`);
  });
});
