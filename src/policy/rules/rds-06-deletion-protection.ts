import { databaseTypes } from "../databases";
import { must, rule } from "../rule";

export const rds06 = rule({
  id: "RDS-06",
  title: "databases of kept systems refuse to be deleted",
  severity: "critical",
  types: databaseTypes,
  why: "it is the last thing between a click in the console and the data",
  fix: "write deletion_protection = true: onRemoval keep does",
  also: ["CKV_AWS_139", "CKV_AWS_293", "AWS-0177", "AWS-0343", "RDS.7", "RDS.8"],
  whenKept: true,
  inspect: (database) => must(database, "deletion_protection", true),
});
