import { aws, drop, set, specify } from "../testing/specify";
import { sg01 } from "./sg-01-descriptions";
import { sg02 } from "./sg-02-no-ssh";
import { sg03 } from "./sg-03-no-rdp";
import { sg05 } from "./sg-05-named-ports";
import { sg06 } from "./sg-06-narrow-egress";
import { sg08 } from "./sg-08-inner-ports";
import { sg09 } from "./sg-09-classic-groups";
import { x03 } from "./x-03-rules-apart";
import { x19 } from "./x-19-one-entrance";

const ingress = (body: object) => aws({ aws_vpc_security_group_ingress_rule: { r: body } });
const egress = (body: object) => aws({ aws_vpc_security_group_egress_rule: { r: body } });
const rule = "aws_vpc_security_group_ingress_rule/r";
const out = "aws_vpc_security_group_egress_rule/r";
const world = { cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp", from_port: 443, to_port: 443 };

specify(sg01, {
  good: ingress({ description: "web to db: queries" }),
  broken: {
    "a rule says nothing": drop(`${rule}/description`),
    "a rule says what Terraform says": set(`${rule}/description`, "Managed by Terraform"),
    "the text is longer than AWS accepts": set(`${rule}/description`, "x".repeat(256)),
    "the text has characters that AWS refuses": set(`${rule}/description`, "café"),
    "a group says nothing": set("aws_security_group/g", { vpc_id: "vpc-1" }, "aws_security_group.g"),
  },
  elsewhere: aws({ aws_default_security_group: { main: {} } }),
});

specify(sg02, {
  good: [ingress(world), ingress({ ...world, cidr_ipv4: "192.0.2.0/24", from_port: 22, to_port: 22 })],
  broken: {
    "port 22 is open": [set(`${rule}/from_port`, 22), set(`${rule}/to_port`, 22)],
    "a range takes it in": set(`${rule}/from_port`, 20),
    "every protocol is open": set(`${rule}/ip_protocol`, "-1"),
    "it is open to all of IPv6": [
      set(`${rule}/from_port`, 22),
      set(`${rule}/cidr_ipv6`, "::/0"),
      drop(`${rule}/cidr_ipv4`),
    ],
    "it is open to half of the internet": [set(`${rule}/from_port`, 22), set(`${rule}/cidr_ipv4`, "128.0.0.0/1")],
  },
  elsewhere: [
    egress({ ...world, from_port: 22 }),
    ingress({ referenced_security_group_id: "sg-1", ip_protocol: "tcp", from_port: 22, to_port: 22 }),
    ingress({ cidr_ipv4: "0.0.0.0/0", ip_protocol: "icmp", from_port: -1, to_port: -1 }),
  ],
});

specify(sg03, {
  good: ingress(world),
  broken: { "port 3389 is open": set(`${rule}/to_port`, 3389) },
  elsewhere: ingress({ ...world, cidr_ipv4: "10.0.0.0/8", from_port: 3389, to_port: 3389 }),
});

const arrow = { referenced_security_group_id: "sg-1", ip_protocol: "tcp", from_port: 32_768, to_port: 65_535 };
specify(sg05, {
  good: ingress(arrow),
  broken: {
    "every protocol is let in": set(`${rule}/ip_protocol`, "-1"),
    "every port is let in": set(`${rule}/from_port`, 0),
    "no port is named": drop(`${rule}/from_port`),
    "the protocol is missing": drop(`${rule}/ip_protocol`),
  },
  elsewhere: [egress({ ...arrow, ip_protocol: "-1" }), ingress({ ...arrow, ip_protocol: "icmp", from_port: -1 })],
});

specify(sg06, {
  good: [egress(world), egress({ ...arrow, from_port: 3306, to_port: 3306 })],
  broken: {
    "everything may leave": [set(`${out}/ip_protocol`, "-1"), drop(`${out}/from_port`)],
    "another port may leave": [set(`${out}/from_port`, 25), set(`${out}/to_port`, 25)],
    "more than HTTPS may leave": set(`${out}/from_port`, 80),
    "QUIC may leave": set(`${out}/ip_protocol`, "udp"),
    "half of the internet may be called": [set(`${out}/cidr_ipv4`, "0.0.0.0/1"), set(`${out}/to_port`, 444)],
  },
  elsewhere: [ingress({ ...world, from_port: 80 }), egress({ ...world, cidr_ipv4: "10.0.0.0/16", from_port: 53 })],
});

specify(sg08, {
  good: ingress(world),
  broken: Object.fromEntries(
    [2375, 3306, 5432, 6379, 8080, 8140, 8500, 11_211].map((port) => [
      `port ${port} is open`,
      [set(`${rule}/from_port`, port), set(`${rule}/to_port`, port)],
    ]),
  ),
  elsewhere: ingress({ ...arrow, from_port: 3306, to_port: 3306 }),
});

specify(sg09, {
  good: aws({ aws_security_group: { g: {} } }),
  broken: { "one is made": set("aws_db_security_group/g", { name: "old" }) },
  elsewhere: aws({ aws_db_subnet_group: { g: {} } }),
});

specify(x03, {
  good: aws({ aws_security_group: { g: { description: "web" } } }),
  broken: {
    "a group holds a rule": set("aws_security_group/g/ingress", [{ from_port: 80 }]),
    "a group says that it has none, and so removes the others": set("aws_security_group/g/egress", []),
    "a group makes rules from a list": set("aws_security_group/g/dynamic", { ingress: { for_each: "${var.x}" } }),
    "the older kind of rule is used": set("aws_security_group_rule/r", { type: "ingress" }),
  },
  elsewhere: aws({ aws_default_security_group: { main: { ingress: [] } } }),
});

const entrance = aws({
  aws_security_group: { web: {}, db: {} },
  aws_lb: { web: { security_groups: ["${aws_security_group.web.id}"] } },
  aws_db_instance: { db: { vpc_security_group_ids: ["${aws_security_group.db.id}"] } },
  aws_vpc_security_group_ingress_rule: { r: { ...world, security_group_id: "${aws_security_group.web.id}" } },
});
specify(x19, {
  good: entrance,
  broken: {
    "the database's group is open": set(`${rule}/security_group_id`, "${aws_security_group.db.id}"),
    "a group of nobody is open": drop("aws_lb/web", "aws_vpc_security_group_ingress_rule.r"),
    "a group from elsewhere is open": set(`${rule}/security_group_id`, "sg-1"),
    "a machine carries the load balancer's group": set(
      "aws_launch_template/m",
      { vpc_security_group_ids: ["${aws_security_group.web.id}"] },
      "aws_vpc_security_group_ingress_rule.r",
    ),
  },
  elsewhere: [ingress(arrow), ingress({ ...world, cidr_ipv4: "198.51.100.0/24" })],
});
