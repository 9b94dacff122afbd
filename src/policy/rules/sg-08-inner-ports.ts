import { accessText, worldOn } from "../access";
import { rule } from "../rule";

/** Databases, caches, and the control ports of Docker, Swarm, Mesos, Marathon, ZooKeeper, Consul and Puppet. */
const inner = [
  ...[1433, 1521, 2049, 2181, 2375, 2376, 2377, 3306, 4789, 5050, 5051, 5432, 5601, 6379, 7946, 8080, 8140],
  ...[8300, 8301, 8302, 8500, 8600, 9200, 9300, 11_211, 27_017],
];

export const sg08 = rule({
  id: "SG-08",
  title: "the internet reaches no database, cache or control port",
  severity: "critical",
  types: ["aws_vpc_security_group_ingress_rule"],
  why: "these services trust whoever reaches them, or are taken over by guessing one password",
  fix: "let in the group of the one who needs it: database.connections.allowFrom(service, why)",
  also: ["EC2.19"],
  check: (doc) =>
    worldOn(doc, inner).map((access) => ({
      at: access.entry,
      argument: "cidr_ipv4",
      given: accessText(access),
      wanted: "another security group as source",
    })),
});
