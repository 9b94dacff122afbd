import { databaseTypes, isReplica } from "../databases";
import { complainIf, rule } from "../rule";

export const rds05 = rule({
  id: "RDS-05",
  title: "databases of kept systems can go back a week",
  severity: "high",
  types: databaseTypes,
  why: "deleted rows are often missed after days; without backups they are gone",
  fix: "write backup_retention_period of at least 7",
  also: ["CKV_AWS_133", "AWS-0077", "RDS.11"],
  whenKept: true,
  inspect: (database) => {
    const days = database.body.backup_retention_period;
    const short = !(Number(days ?? 0) >= 7) && !isReplica(database);
    return complainIf(short, database, "backup_retention_period", days, "7 or more");
  },
});
