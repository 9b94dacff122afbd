import { networkCidrFault } from "../../core/address-plan";
import { endpointFault } from "../endpoints";
import { choice, flag, listOf, logDays, section, text } from "./field";

export const network = section("The VPC of the system and its subnets.", {
  cidr: text("IPv4 range of the VPC, /16 to /23. Changing it replaces everything.", {
    code: "NET_CIDR_SYNTAX",
    want: "an IPv4 range in CIDR notation",
    fix: "write a range such as 10.180.0.0/16",
    check: networkCidrFault,
  }).default("10.180.0.0/16"),
  zones: listOf(
    "Availability zones by name, two or more. A zone added later moves nothing.",
    text("Name of an availability zone, such as eu-west-1a.", {
      code: "NET_AZ_FORM",
      want: "the name of an availability zone",
      fix: "write a zone such as eu-west-1a",
    }),
  ),
  nat: choice(
    "NAT gateways for calls from private subnets: none, one for all, or one in each zone. Fewer or none take their addresses along, and break calls that are open.",
    ["none", "one", "per-zone"],
    {
      code: "NET_NAT",
    },
  ).default("per-zone"),
  dataTier: flag(
    "Whether databases have subnets of their own, without a way out. Choose it at the start: RDS moves no database to other subnets.",
  ).default(false),
  endpoints: listOf(
    "AWS services that are reached by interface endpoints inside the VPC, each billed by the hour. S3 always is, for nothing.",
    text("Last part of the service's name, such as ecr.api.", {
      code: "NET_ENDPOINT",
      want: "the last part of the name of an AWS service",
      fix: "write a name such as ecr.api",
      check: endpointFault,
    }),
  ).default([]),
  flowLogDays: logDays("How long the VPC's flow log is kept").default(30),
});
