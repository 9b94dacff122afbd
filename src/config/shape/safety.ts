import { choice, section, whole } from "./field";

const days = (description: string) =>
  whole(description, { code: "BACKUP_DAYS", min: 1, max: 36_500, fix: "a month is 31, a year 365" });

/** How the data of a system is kept safe. */
export const safety = {
  backupPlan: section(
    "Copies of all data every night, by AWS Backup, in a vault beside the system, billed by the gigabyte and month. Without it, each database and volume has only its own. Turned on later, it takes the place of daily snapshots of volumes: those that exist stay until somebody deletes them. Removed, with onRemoval: keep, the copies stay in their vault, and Terraform forgets it.",
    {
      keepDays: days("Days that a copy is kept.").default(35),
      monthlyKeepDays: days(
        "Days that the copy of the first of a month is kept. Without it, like the others.",
      ).optional(),
      hour: whole("Hour of the day in UTC in which they begin: an hour or more before the windows of the database.", {
        code: "BACKUP_HOUR",
        min: 0,
        max: 23,
        fix: "write the hour in UTC, such as 1",
      }).default(1),
      lock: choice(
        "With governance, no copy goes before it is keepDays old, unless who has the right to opens the lock. Another keepDays takes the lock away and puts it back, which takes that right. With onRemoval: destroy there is none, so that the vault can go.",
        ["none", "governance"],
        { code: "BACKUP_LOCK" },
      ).default("none"),
    },
  ).optional(),
  dataKey: choice(
    "Key of databases, files, data volumes, caches and secrets: AWS's, or one of the system's own, billed by the month. Choose at the start: turned on later, it replaces databases, files, volumes and caches, which Terraform refuses where data are kept; elsewhere what is in them goes. Turned off, they keep the key that they have, and it stays, without Terraform.",
    ["aws", "own"],
    { code: "DATA_KEY" },
  ).default("aws"),
};
