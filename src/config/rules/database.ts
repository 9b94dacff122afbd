import { dailyWindow, weeklyBeside, weeklyWindow, windowsOverlap } from "../../core/rds-windows";
import type { Rule } from "./rule";

const path = ["wordpress", "database"];

/** Families of which RDS starts no server with the versions on offer, and what took their place. */
const successors: Readonly<Record<string, string>> = {
  ...{ t1: "t4g", t2: "t4g", m1: "m7g", m2: "m7g", m3: "m7g", m4: "m7g", r3: "r7g", r4: "r7g" },
};
/** Families of EC2 that RDS never offered. */
const unknownToRds = /^(a1|c5|c[678][a-z]|d|f|g\d|h|i\d|inf|p\d|t3a|trn)/;

/** A class that RDS offers, room to grow into, and windows that do not meet. */
export const databaseRule: Rule = ({ wordpress }, report) => {
  const {
    class: instanceClass,
    storageGib,
    maxStorageGib,
    backupWindow,
    maintenanceWindow,
  } = wordpress?.database ?? {};
  const [, family = "", size] = instanceClass?.split(".") ?? [];
  if (Object.hasOwn(successors, family)) {
    const fix = `write db.${successors[family]}.${family.startsWith("t") ? size : "large"}`;
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
  const [daily, weekly] = [dailyWindow(backupWindow ?? ""), weeklyWindow(maintenanceWindow ?? "")];
  if (daily && weekly && windowsOverlap(daily, weekly)) {
    const want = `a time apart from backupWindow, ${backupWindow} of every day`;
    const fix = `write for example ${weeklyBeside(daily)}, or leave it out`;
    report([...path, "maintenanceWindow"], { code: "RDS_WINDOW", want, fix });
  }
};
