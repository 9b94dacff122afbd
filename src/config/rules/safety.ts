import { chooseWindows, dailyWindow, type Window, weeklyWindow, windowsOverlap } from "../../core/rds-windows";
import type { Report } from "../report";
import type { Rule, View } from "./rule";

type Plan = NonNullable<NonNullable<View["wordpress"]>["backupPlan"]>;

interface Windows {
  readonly backupWindow?: string | undefined;
  readonly maintenanceWindow?: string | undefined;
}

/** In every system: a plan of backups that AWS can follow, and that leaves nothing out. */
export const safetyRule: Rule = (view, report) => {
  for (const [key, plan, databases] of plansOf(view)) {
    checkPlan(plan, (path, fault) => report([key, "backupPlan", ...path], fault));
    for (const windows of databases) {
      checkHour(plan, windows, (path, fault) => report([key, "backupPlan", ...path], fault));
    }
  }
  for (const key of ["wordpress", "wordpressMysql"] as const) {
    if (!view[key]?.backupPlan || view[key].files?.backups !== false) continue;
    const want = "true, or nothing, beside backupPlan";
    report([key, "files", "backups"], { code: "BACKUP_CHOICE", want, fix: "remove it: the plan copies all data" });
  }
};

/** The plans, each with the windows of the databases that RDS keeps to. Aurora copies at any time. */
function plansOf(view: View): [key: string, plan: Plan, databases: Windows[]][] {
  const { wordpress, wordpressMysql, guestbook, dashboard, guestbookMesos } = view;
  const choice = wordpressMysql?.database;
  const rds = choice && "rds" in choice ? choice.rds : undefined;
  const all = [
    ["wordpress", wordpress?.backupPlan, wordpress?.database],
    ["wordpressMysql", wordpressMysql?.backupPlan, rds],
    ["guestbook", guestbook?.backupPlan, undefined],
    ["dashboard", dashboard?.backupPlan, dashboard?.database],
    ["guestbookMesos", guestbookMesos?.backupPlan, guestbookMesos?.database],
  ] as const;
  return all.flatMap(([key, plan, windows]) => (plan ? [[key, plan, windows ? [windows] : []]] : []));
}

function checkPlan({ keepDays, monthlyKeepDays }: Plan, report: Report): void {
  if (keepDays !== undefined && monthlyKeepDays !== undefined && monthlyKeepDays < keepDays) {
    const want = `at least ${keepDays}, as many days as the other copies have (keepDays)`;
    report(["monthlyKeepDays"], { code: "BACKUP_MONTHLY", want, fix: "a year is 365; leave it out for keepDays" });
  }
}

/** RDS refuses a copy in its own windows, and in the hour before them. One begins within an hour. */
function checkHour({ hour }: Plan, { backupWindow, maintenanceWindow }: Windows, report: Report): void {
  if (hour === undefined) return;
  const chosen = chooseWindows({ backupWindow, maintenanceWindow });
  const windows = [
    [chosen.backupWindow, dailyWindow(chosen.backupWindow ?? "")],
    [chosen.maintenanceWindow, weeklyWindow(chosen.maintenanceWindow ?? "")],
  ] as const;
  const inTheWay = (begins: number) => windows.find(([, window]) => window && refuses(window, begins));
  const [text] = inTheWay(hour) ?? [];
  if (text === undefined) return;
  const free = hours.find((one) => !inTheWay(one));
  const want = `an hour that is neither in the database's window ${text} nor the one before it`;
  const fix = free === undefined ? "make the windows shorter: they leave no hour free" : `write ${free}`;
  report(["hour"], { code: "BACKUP_HOUR", want, fix });
}

const hourMinutes = 60;
const weekMinutes = 7 * 24 * hourMinutes;

/** From the one that is usual backwards: an earlier one is better than one by day. */
const hours = Array.from({ length: 24 }, (_, index) => (25 - index) % 24);

function refuses({ start, length }: Window, hour: number): boolean {
  const before = (start - hourMinutes + weekMinutes) % weekMinutes;
  const begins = { start: hour * hourMinutes, length: hourMinutes };
  return windowsOverlap(begins, { start: before, length: length + hourMinutes });
}
