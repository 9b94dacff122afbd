import { previousRdsFamilies } from "../../core/rds-classes";
import { dailyWindow, weeklyBeside, weeklyWindow, windowsOverlap } from "../../core/rds-windows";
import type { Report } from "../report";
import type { Path } from "../yaml/tree";
import type { Rule, WordpressView } from "./rule";

/** Families of EC2 that RDS never offered. */
const unknownToRds = /^(a1|c5|c[678][a-z]|d|f|g\d|h|i\d|inf|p\d|t3a|trn)/;

type Rds = Omit<NonNullable<WordpressView["database"]>, "engine" | "version" | "name" | "user">;

export const databaseRule: Rule = ({ wordpress }, report) => {
  if (wordpress?.database) checkRds(["wordpress", "database"], wordpress.database, report);
};

/** A class that RDS offers, room to grow into, and windows that do not meet. */
export function checkRds(path: Path, rds: Rds, report: Report): void {
  const { class: instanceClass, storageGib, maxStorageGib } = rds;
  const [, family = "", size] = instanceClass?.split(".") ?? [];
  const successor = previousRdsFamilies.get(family);
  if (successor) {
    const fix = `write db.${successor}.${family.startsWith("t") ? size : "large"}`;
    report([...path, "class"], { code: "RDS_CLASS", want: `a current class: ${family} is a previous generation`, fix });
  } else if (unknownToRds.test(family)) {
    const want = `a class that RDS offers for MySQL: ${family} is not one`;
    report([...path, "class"], { code: "RDS_CLASS", want, fix: "write a class such as db.t4g.micro or db.m7g.large" });
  }
  const least = storageGib === undefined ? 0 : Math.ceil((storageGib * 11) / 10);
  if (maxStorageGib !== undefined && maxStorageGib < least) {
    const want = `at least ${least}, a tenth more than storageGib`;
    report([...path, "maxStorageGib"], {
      code: "RDS_STORAGE",
      want,
      fix: `write ${least} or more, or remove the line`,
    });
  }
  checkWindows(path, rds, report);
}

export function checkWindows(
  path: Path,
  { backupWindow, maintenanceWindow }: Pick<Rds, "backupWindow" | "maintenanceWindow">,
  report: Report,
): void {
  const [daily, weekly] = [dailyWindow(backupWindow ?? ""), weeklyWindow(maintenanceWindow ?? "")];
  if (daily && weekly && windowsOverlap(daily, weekly)) {
    const want = `a time apart from backupWindow, ${backupWindow} of every day`;
    const fix = `write for example ${weeklyBeside(daily)}, or leave it out`;
    report([...path, "maintenanceWindow"], { code: "RDS_WINDOW", want, fix });
  }
}
