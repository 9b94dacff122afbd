import { accessRules, accessText, isWorld } from "../access";
import { rule } from "../rule";

export const x19 = rule({
  id: "X-19",
  title: "the internet gets in through load balancers only",
  severity: "critical",
  types: ["aws_vpc_security_group_ingress_rule", "aws_lb"],
  why: "whatever else answers the internet has to be patched, watched and defended by itself",
  fix: "let a load balancer in front of it carry the group that is open",
  check: (doc) =>
    accessRules(doc)
      .filter(({ direction, cidr }) => direction === "ingress" && isWorld(cidr))
      .filter(({ entry }) => {
        const group = doc.follow(entry.body.security_group_id);
        const carriers = doc.all("aws_lb").filter(({ body }) => doc.followAll(body.security_groups).includes(group!));
        const others = group ? doc.referrers(group).filter(({ type }) => carriesGroups.has(type)) : [];
        return carriers.length === 0 || others.length > 0;
      })
      .map((access) => ({
        at: access.entry,
        argument: "security_group_id",
        given: `${accessText(access)} into ${access.entry.body.security_group_id}`,
        wanted: "a group that a load balancer carries, and nothing else",
      })),
});

/** What answers on a port and is no load balancer. */
const carriesGroups = new Set([
  ...["aws_instance", "aws_launch_template", "aws_launch_configuration", "aws_network_interface", "aws_ecs_service"],
  ...["aws_db_instance", "aws_rds_cluster", "aws_elasticache_replication_group", "aws_elasticache_cluster"],
  ...["aws_efs_mount_target", "aws_vpc_endpoint", "aws_mq_broker", "aws_opensearch_domain"],
]);
