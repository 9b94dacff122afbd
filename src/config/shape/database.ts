import { isReservedDatabase, isReservedUser } from "../../core/sql-words";
import { dailyFault, weeklyFault } from "../windows";
import { choice, flag, section, text, whole } from "./field";

const storage = { code: "RDS_STORAGE", min: 20, max: 65_536 } as const;
const identifier = "letters, digits and underscores, the first a letter, and no word that MySQL reserves";
const databaseName = {
  code: "RDS_DBNAME",
  want: `1 to 63 ${identifier}`,
  fix: "name it after what it stores, such as wordpress",
};
const userName = {
  code: "RDS_USERNAME",
  want: `1 to 16 ${identifier}`,
  fix: "name it after the application, such as wordpress",
};

export const database = section(
  "The RDS database of the system. RDS makes the password and keeps it in Secrets Manager.",
  {
    engine: choice("Engine.", ["mysql"], { code: "RDS_ENGINE", fix: "WordPress runs on mysql" }).default("mysql"),
    version: choice("Major version, in quotes; the minor one follows AWS.", ["8.0", "8.4"], {
      code: "RDS_ENGINE",
      fix: 'give the major version in quotes, without the minor: "8.4"',
    }).default("8.4"),
    class: text("RDS class, such as db.t4g.micro.", {
      code: "RDS_CLASS",
      want: "an RDS class such as db.t4g.micro",
      fix: "RDS has classes of its own, which begin with db.",
      pattern: /^db\.[a-z][a-z0-9-]*\.(micro|small|medium|large|\d*xlarge)$/,
    }),
    storageGib: whole("Disk in GiB. It can grow later and never shrink.", storage).default(20),
    maxStorageGib: whole(
      "GiB up to which RDS enlarges a disk that is nearly full. Without it, never.",
      storage,
    ).optional(),
    name: text("Database that exists from the start. Changing it replaces the server.", {
      ...databaseName,
      pattern: /^[A-Za-z][A-Za-z0-9_]{0,62}$/,
      check: (name) => (isReservedDatabase("mysql", name) ? databaseName : undefined),
    }).default("wordpress"),
    user: text("Administrator. Changing it replaces the server.", {
      ...userName,
      pattern: /^[A-Za-z][A-Za-z0-9_]{0,15}$/,
      check: (name) => (isReservedUser("mysql", name) ? userName : undefined),
    }).default("wordpress"),
    multiAz: flag(
      "Whether a standby in another zone takes over within minutes; doubles the price. It comes and goes while the database runs.",
    ).default(false),
    backupDays: whole("Days of automatic backups.", {
      code: "RDS_BACKUP",
      min: 1,
      max: 35,
      fix: "to drop the data with the environment, set onRemoval: destroy instead of 0 backups",
    }).default(7),
    backupWindow: text("Daily window of the backup in UTC, such as 03:00-04:00. Without it, Slipway chooses.", {
      code: "RDS_WINDOW",
      want: "a daily window in UTC, as hh:mm-hh:mm",
      fix: "write it in quotes, for example 03:00-04:00",
      check: dailyFault,
    }).optional(),
    maintenanceWindow: text(
      "Weekly window of updates in UTC, such as sun:04:30-sun:05:30. Without it, Slipway chooses.",
      {
        code: "RDS_WINDOW",
        want: "a weekly window in UTC, as ddd:hh:mm-ddd:hh:mm",
        fix: "write for example sun:04:30-sun:05:30",
        check: weeklyFault,
      },
    ).optional(),
    proxy: section(
      "RDS Proxy before it: many tasks share few connections. Billed by the hour and vCPU of the class, used or not; of use where tasks are many.",
      {
        connectionsPercent: whole("Share of the server's connections that the proxy may hold, in percent.", {
          code: "PROXY_SHARE",
          min: 1,
          max: 100,
        }).default(90),
      },
    ).optional(),
  },
);
