import { must, rule } from "../rule";

export const net03 = rule({
  id: "NET-03",
  title: "no subnet hands out public addresses",
  severity: "high",
  types: ["aws_subnet"],
  why: "a machine that lands in the wrong subnet would be on the internet; load balancers and NAT gateways need no such help",
  fix: "write map_public_ip_on_launch = false, in public subnets too",
  also: ["CKV_AWS_130", "AWS-0164", "EC2.15"],
  inspect: (subnet) => must(subnet, "map_public_ip_on_launch", false),
});
