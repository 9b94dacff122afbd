import { blocks, isReference, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

/** Arguments by which a resource is unique in its account, for the types that have one. */
const names: Readonly<Record<string, string>> = {
  aws_lb: "name",
  aws_lb_target_group: "name",
  aws_security_group: "name",
  aws_launch_template: "name",
  aws_autoscaling_group: "name",
  aws_ecs_capacity_provider: "name",
  aws_ecs_service: "name",
  aws_iam_role: "name",
  aws_iam_policy: "name",
  aws_iam_instance_profile: "name",
  aws_db_instance: "identifier",
  aws_db_subnet_group: "name",
  aws_db_parameter_group: "name",
  aws_cloudwatch_log_group: "name",
  aws_elasticache_parameter_group: "name",
  aws_elasticache_replication_group: "replication_group_id",
};

export const x06 = rule({
  id: "X-06",
  title: "what is created before its predecessor goes has a name of its own",
  severity: "high",
  types: Object.keys(names),
  why: "two resources of one name cannot exist: the apply stops half way with AlreadyExists",
  fix: "use a name prefix, or end the name in a hash of what forces the replacement (generationName)",
  inspect: (entry) => {
    const argument = names[entry.type]!;
    const name = entry.body[argument];
    const first = same(blocks(entry.body.lifecycle)[0]?.create_before_destroy, true);
    const fixed = typeof name === "string" && !isReference(name) && !/-[0-9a-f]{6,}$/.test(name);
    return complainIf(first && fixed, entry, argument, name, "a prefix, or a hash at the end");
  },
});
