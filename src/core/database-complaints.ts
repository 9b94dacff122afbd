import type { Complaint } from "./invalid-props";
import { logDaysFault } from "./log-days";
import {
  dailyBeside,
  dailyWindow,
  shortestWindowMinutes,
  weeklyBeside,
  weeklyWindow,
  windowsOverlap,
} from "./rds-windows";
import { isReservedDatabase, isReservedUser, type SqlDialect } from "./sql-words";
import { isWhole } from "./whole";

export { isWhole };

/** What speaks against the identifier of an RDS instance or cluster. The provider checks the characters, not the length. */
export function* aboutIdentifier(name: string, limit: number, whose: string): Generator<Complaint> {
  if (!/^[a-z](-?[a-z0-9])*$/.test(name) || name.length > limit) {
    const want = `1 to ${limit} lower-case letters, digits and single hyphens, the first a letter and the last no hyphen`;
    yield { prop: "name", got: name, want, fix: `it becomes the identifier of the ${whose} and part of its host name` };
  }
}

/** What speaks against the subnets of a database. */
export function* aboutSubnets(subnetIds: readonly string[]): Generator<Complaint> {
  if (subnetIds.length < 2) {
    const fix = "name a second zone in the network: RDS wants two even for a single instance";
    yield { prop: "placement", got: subnetIds.length, want: "at least two subnets", fix };
  }
}

interface Words {
  readonly databaseName: string;
  readonly user: string;
  /** Longest administrator name. */
  readonly userLimit: number;
}

/** What speaks against the names of a database and its administrator. */
export function* aboutWords(dialect: SqlDialect, { databaseName, user, userLimit }: Words): Generator<Complaint> {
  const word = /^[a-z][a-z0-9_]*$/i;
  if (!word.test(databaseName) || databaseName.length > 63 || isReservedDatabase(dialect, databaseName)) {
    const want = `1 to 63 letters, digits and underscores, the first a letter, and no word that ${dialect} reserves`;
    yield { prop: "databaseName", got: databaseName, want, fix: "name it after what it stores, such as orders" };
  }
  if (!word.test(user) || user.length > userLimit || isReservedUser(dialect, user)) {
    const want = `1 to ${userLimit} letters, digits and underscores, the first a letter, and no word that ${dialect} reserves`;
    yield { prop: "user", got: user, want, fix: "name it after the application" };
  }
}

interface Times {
  readonly backupDays: number;
  readonly logDays: number;
  readonly backupWindow?: string;
  readonly maintenanceWindow?: string;
}

/** What speaks against the periods and the windows of a database. */
export function* aboutTime({ backupDays, backupWindow, maintenanceWindow, logDays }: Times): Generator<Complaint> {
  if (!isWhole(backupDays, 1, 35)) {
    const fix = 'to drop the data with the stack, set onRemoval to "destroy" instead of 0 backups';
    yield { prop: "backupDays", got: backupDays, want: "between 1 and 35", fix };
  }
  const fault = logDaysFault(logDays);
  if (fault) yield { prop: "logDays", got: logDays, ...fault };
  const daily = backupWindow === undefined ? undefined : dailyWindow(backupWindow);
  const weekly = maintenanceWindow === undefined ? undefined : weeklyWindow(maintenanceWindow);
  const atLeast = `of at least ${shortestWindowMinutes} minutes`;
  if (backupWindow !== undefined && (!daily || daily.length < shortestWindowMinutes)) {
    const want = `a daily window ${atLeast}, as hh:mm-hh:mm in UTC`;
    return yield { prop: "backupWindow", got: backupWindow, want, fix: "for example 03:00-04:00" };
  }
  if (maintenanceWindow !== undefined && (!weekly || weekly.length < shortestWindowMinutes)) {
    const want = `a weekly window ${atLeast}, as ddd:hh:mm-ddd:hh:mm in UTC`;
    return yield { prop: "maintenanceWindow", got: maintenanceWindow, want, fix: "for example sun:04:30-sun:05:30" };
  }
  const clash = daily && weekly ? windowsOverlap(daily, weekly) : false;
  if (clash || (weekly && !dailyBeside(weekly))) {
    const want = "apart from the backup window, which comes every day";
    const fix = `for example ${weeklyBeside(daily ?? dailyWindow("03:00-04:00")!) ?? "a shorter one"}`;
    yield { prop: "maintenanceWindow", got: maintenanceWindow, want, fix };
  } else if (daily && !weeklyBeside(daily)) {
    const want = "short enough to leave an hour for maintenance";
    yield { prop: "backupWindow", got: backupWindow, want, fix: "for example 03:00-04:00" };
  }
}
