import { databaseTypes } from "../databases";
import { must, rule } from "../rule";

export const rds07 = rule({
  id: "RDS-07",
  title: "snapshots carry the tags of their database",
  severity: "low",
  types: databaseTypes,
  why: "a snapshot without tags belongs to nobody, and rules by tag do not protect it",
  fix: "write copy_tags_to_snapshot = true",
  also: ["CKV_AWS_313", "CKV2_AWS_60", "RDS.16", "RDS.17"],
  inspect: (database) => must(database, "copy_tags_to_snapshot", true),
});
