import { isReplica } from "../databases";
import { must, rule } from "../rule";

export const rds04 = rule({
  id: "RDS-04",
  title: "databases of kept systems have a standby in another zone",
  severity: "high",
  types: ["aws_db_instance"],
  why: "without a standby every failure and every upgrade is an outage, and a lost zone is lost time since the last backup",
  fix: "write multi_az = true",
  also: ["CKV_AWS_157", "RDS.5"],
  whenKept: true,
  inspect: (database) => (isReplica(database) ? [] : must(database, "multi_az", true)),
});
