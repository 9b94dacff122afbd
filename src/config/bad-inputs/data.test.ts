import { describe, expect, it } from "vitest";
import { type Change, refusalOf } from "./description";

const cases: [title: string, change: Change, message: string][] = [
  [
    "another engine (bad input 83)",
    { database: "engine: postgres" },
    `
dev.yaml:5:44 RDS_ENGINE
  at    wordpress.database.engine
  got   "postgres"
  want  mysql
  fix   WordPress runs on mysql`,
  ],
  [
    "a version that RDS does not have (bad input 83)",
    { database: 'version: "99"' },
    `
dev.yaml:5:45 RDS_ENGINE
  at    wordpress.database.version
  got   "99"
  want  8.0 or 8.4
  fix   give the major version in quotes, without the minor: "8.4"`,
  ],
  [
    "a version that became a number (bad input 83)",
    { database: "version: 8.4" },
    `
dev.yaml:5:45 RDS_ENGINE
  at    wordpress.database.version
  got   8.4
  want  8.0 or 8.4
  fix   put it in quotes: "8.4"`,
  ],
  [
    "a class of another service (bad input 84)",
    { db: "cache.t3.micro" },
    `
dev.yaml:5:22 RDS_CLASS
  at    wordpress.database.class
  got   "cache.t3.micro"
  want  an RDS class such as db.t4g.micro
  fix   RDS has classes of its own, which begin with db.`,
  ],
  [
    "a class that the version does not run on (bad input 84)",
    { db: "db.t2.micro" },
    `
dev.yaml:5:22 RDS_CLASS
  at    wordpress.database.class
  got   "db.t2.micro"
  want  a current class: t2 is a previous generation
  fix   write db.t4g.micro`,
  ],
  [
    "less storage than RDS offers (bad input 85)",
    { database: "storageGib: 10" },
    `
dev.yaml:5:48 RDS_STORAGE
  at    wordpress.database.storageGib
  got   10
  want  a whole number from 20 to 65536
  fix   write 20 or more`,
  ],
  [
    "more storage than RDS offers (bad input 85)",
    { database: "storageGib: 65537" },
    `
dev.yaml:5:48 RDS_STORAGE
  at    wordpress.database.storageGib
  got   65537
  want  a whole number from 20 to 65536
  fix   write 65536 or less`,
  ],
  [
    "no room to grow into (bad input 85)",
    { database: "storageGib: 100, maxStorageGib: 100" },
    `
dev.yaml:5:68 RDS_STORAGE
  at    wordpress.database.maxStorageGib
  got   100
  want  at least 110, a tenth more than storageGib
  fix   write 110 or more, or remove the line`,
  ],
  [
    "a backup retention that RDS does not know (bad input 87)",
    { database: "backupDays: 36" },
    `
dev.yaml:5:48 RDS_BACKUP
  at    wordpress.database.backupDays
  got   36
  want  a whole number from 1 to 35
  fix   write 35 or less`,
  ],
  [
    "windows that meet (bad input 87)",
    { database: 'backupWindow: "04:00-05:00", maintenanceWindow: "sun:04:30-sun:05:30"' },
    `
dev.yaml:5:84 RDS_WINDOW
  at    wordpress.database.maintenanceWindow
  got   "sun:04:30-sun:05:30"
  want  a time apart from backupWindow, 04:00-05:00 of every day
  fix   write for example sun:05:30-sun:06:30, or leave it out`,
  ],
  [
    "a window of 20 minutes (bad input 87)",
    { database: 'backupWindow: "03:00-03:20"' },
    `
dev.yaml:5:50 RDS_WINDOW
  at    wordpress.database.backupWindow
  got   "03:00-03:20"
  want  a daily window of at least 30 minutes in UTC, as hh:mm-hh:mm
  fix   write for example 03:00-04:00`,
  ],
  [
    "a weekly window without its end (bad input 87)",
    { database: 'maintenanceWindow: "Mon:03:00"' },
    `
dev.yaml:5:55 RDS_WINDOW
  at    wordpress.database.maintenanceWindow
  got   "Mon:03:00"
  want  a weekly window of at least 30 minutes in UTC, as ddd:hh:mm-ddd:hh:mm
  fix   write for example sun:04:30-sun:05:30`,
  ],
  [
    "a password (bad input 88)",
    { database: "password: hunter2" },
    `
dev.yaml:5:36 SECRET_PLAIN
  at    wordpress.database.password
  got   "password" with a value (not shown)
  want  no secret in a description: who reads it would know it
  fix   remove it; RDS makes the database's password itself, and services take others from Secrets Manager`,
  ],
];

describe("mistakes in data", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(change)}`).toBe(message);
  });
});
