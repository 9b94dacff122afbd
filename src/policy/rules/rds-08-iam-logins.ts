import { databaseTypes, isReplica } from "../databases";
import { must, rule } from "../rule";

export const rds08 = rule({
  id: "RDS-08",
  title: "people log in to databases as themselves",
  severity: "low",
  types: databaseTypes,
  why: "otherwise somebody who has to look at the data is given the application's password",
  fix: "write iam_database_authentication_enabled = true",
  also: ["CKV_AWS_161", "CKV_AWS_162", "AWS-0176", "RDS.10", "RDS.12"],
  inspect: (database) => (isReplica(database) ? [] : must(database, "iam_database_authentication_enabled", true)),
});
