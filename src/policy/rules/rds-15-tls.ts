import { blocks, same } from "../../core/terraform-json";
import { databaseTypes, isReplica, tlsParameterOf } from "../databases";
import type { Doc, Entry } from "../doc";
import { complainIf, rule } from "../rule";

export const rds15 = rule({
  id: "RDS-15",
  title: "databases refuse connections without TLS",
  severity: "medium",
  types: databaseTypes,
  why: "passwords and rows travel between zones; a client that forgets TLS should notice at once",
  fix: "give it a parameter group with require_secure_transport = 1 (MySQL, MariaDB) or rds.force_ssl = 1 (PostgreSQL)",
  also: ["CKV2_AWS_69", "RDS.38", "RDS.39", "RDS.41"],
  inspect: (database, doc) => {
    const parameter = tlsParameterOf(database.body.engine);
    if (parameter === undefined || isReplica(database)) return [];
    const group = groupOf(database, doc);
    const value = blocks(group?.body.parameter).find(({ name }) => name === parameter)?.value;
    const forced = same(value, 1) || same(value, "ON");
    return complainIf(!forced, database, `parameter ${parameter}`, value, "1, in the parameter group of this database");
  },
});

function groupOf(database: Entry, doc: Doc): Entry | undefined {
  const { parameter_group_name, db_cluster_parameter_group_name } = database.body;
  return doc.follow(parameter_group_name) ?? doc.follow(db_cluster_parameter_group_name);
}
