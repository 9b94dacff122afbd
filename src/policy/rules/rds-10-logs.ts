import { list } from "../../core/terraform-json";
import { databaseTypes } from "../databases";
import { complainIf, rule } from "../rule";

/** Logs that an engine can export; AWS refuses others at apply. */
const exportable: Readonly<Record<string, readonly string[]>> = {
  mysql: ["audit", "error", "general", "iam-db-auth-error", "slowquery"],
  mariadb: ["audit", "error", "general", "iam-db-auth-error", "slowquery"],
  postgres: ["iam-db-auth-error", "postgresql", "upgrade"],
};

export const rds10 = rule({
  id: "RDS-10",
  title: "databases send their logs to CloudWatch",
  severity: "medium",
  types: databaseTypes,
  why: "RDS keeps logs for days on a disk that goes with the instance",
  fix: "write enabled_cloudwatch_logs_exports with logs of this engine: error and slowquery, or postgresql and upgrade",
  also: ["CKV_AWS_129", "CKV_AWS_324", "CKV_AWS_325", "RDS.9", "RDS.34", "RDS.36", "RDS.40"],
  inspect: (database) => {
    const given = list(database.body.enabled_cloudwatch_logs_exports).map(String);
    const known = exportable[String(database.body.engine)];
    const wrong = given.length === 0 || (known !== undefined && given.some((log) => !known.includes(log)));
    const wanted = known?.join(", ") ?? "logs of this engine";
    return complainIf(wrong, database, "enabled_cloudwatch_logs_exports", given, `some of ${wanted}`);
  },
});
