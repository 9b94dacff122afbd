import { aws, disposable, drop, set, specify } from "../testing/specify";
import { net01 } from "./net-01-flow-logs";
import { net02 } from "./net-02-default-group";
import { net03 } from "./net-03-public-addresses";
import { net04 } from "./net-04-default-vpc";
import { net10 } from "./net-10-addresses-in-use";

const vpc = { main: { cidr_block: "10.0.0.0/16" } };

specify(net01, {
  good: aws({ aws_vpc: vpc, aws_flow_log: { main: { vpc_id: "${aws_vpc.main.id}", traffic_type: "ALL" } } }),
  broken: {
    "nothing records the traffic": drop("aws_flow_log/main", "aws_vpc.main"),
    "the log belongs to another VPC": set("aws_flow_log/main/vpc_id", "vpc-1", "aws_vpc.main"),
    "only refused traffic is recorded": set("aws_flow_log/main/traffic_type", "REJECT"),
  },
  elsewhere: [disposable(aws({ aws_vpc: vpc })), aws({ aws_subnet: { a: {} } })],
});

specify(net02, {
  good: [
    aws({ aws_vpc: vpc, aws_default_security_group: { main: { vpc_id: "${aws_vpc.main.id}" } } }),
    aws({ aws_vpc: vpc, aws_default_security_group: { main: { vpc_id: "${aws_vpc.main.id}", ingress: [] } } }),
  ],
  broken: {
    "the group is left as AWS made it": drop("aws_default_security_group/main", "aws_vpc.main"),
    "it lets something in": set("aws_default_security_group/main/ingress", [{ protocol: "-1", self: true }]),
    "it lets something out": set("aws_default_security_group/main/egress", { protocol: "-1" }),
    "a rule is added to it from outside": set(
      "aws_vpc_security_group_ingress_rule/extra",
      { security_group_id: "${aws_default_security_group.main.id}" },
      "aws_vpc_security_group_ingress_rule.extra",
    ),
  },
  elsewhere: aws({ aws_security_group: { web: { vpc_id: "vpc-1" } } }),
});

specify(net03, {
  good: aws({ aws_subnet: { a: { map_public_ip_on_launch: false } } }),
  broken: {
    "a subnet hands them out": set("aws_subnet/a/map_public_ip_on_launch", true),
    "a subnet does not say": drop("aws_subnet/a/map_public_ip_on_launch"),
    "only Terraform will know": set("aws_subnet/a/map_public_ip_on_launch", "${var.public}"),
  },
  elsewhere: aws({ aws_vpc: vpc }),
});

specify(net04, {
  good: aws({ aws_vpc: vpc }),
  broken: {
    "the default VPC is adopted": set("aws_default_vpc/it", { force_destroy: true }, "aws_default_vpc.it"),
    "a default subnet is adopted": set("aws_default_subnet/a", { availability_zone: "a" }, "aws_default_subnet.a"),
  },
  elsewhere: aws({ aws_default_security_group: { main: {} } }),
});

specify(net10, {
  good: [
    aws({ aws_eip: { a: { domain: "vpc" } }, aws_nat_gateway: { a: { allocation_id: "${aws_eip.a.allocation_id}" } } }),
    aws({ aws_eip: { a: { domain: "vpc", instance: "i-1" } } }),
  ],
  broken: {
    "nothing uses it": drop("aws_nat_gateway/a", "aws_eip.a"),
    "it is of EC2-Classic": drop("aws_eip/a/domain"),
  },
  elsewhere: aws({ aws_nat_gateway: { a: { connectivity_type: "private" } } }),
});
