import { databaseTypes, isReplica } from "../databases";
import { must, rule } from "../rule";

export const rds01 = rule({
  id: "RDS-01",
  title: "databases are encrypted on disk",
  severity: "high",
  types: databaseTypes,
  why: "snapshots leave the account more easily than data; and encryption cannot be switched on later without a new database",
  fix: "write storage_encrypted = true",
  also: ["CKV_AWS_16", "CKV_AWS_96", "AWS-0079", "AWS-0080", "RDS.3", "RDS.27"],
  inspect: (database) => (isReplica(database) ? [] : must(database, "storage_encrypted", true)),
});
