import { complainIf, rule } from "../rule";

const groups: Readonly<Record<string, string>> = {
  aws_db_instance: "parameter_group_name",
  aws_rds_cluster: "db_cluster_parameter_group_name",
  aws_rds_cluster_instance: "db_parameter_group_name",
  aws_elasticache_cluster: "parameter_group_name",
  aws_elasticache_replication_group: "parameter_group_name",
};

export const x04 = rule({
  id: "X-04",
  title: "data stores have parameter groups of their own",
  severity: "low",
  types: Object.keys(groups),
  why: "a default group cannot be changed: the first parameter then costs a restart at a bad moment",
  fix: "make a parameter group, even an empty one, and name it",
  inspect: (store) => {
    const argument = groups[store.type]!;
    const given = store.body[argument];
    const wrong = String(given ?? "").startsWith("default.");
    return complainIf(wrong, store, argument, given, "a group of our own");
  },
});
