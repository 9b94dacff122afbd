import { describe, expect, it } from "vitest";
import { type Change, refusalOf } from "./description";

const cases: [title: string, change: Change, message: string][] = [
  [
    "a network wider than AWS allows (bad input 1)",
    { network: "cidr: 10.0.0.0/8" },
    `
dev.yaml:4:53 NET_CIDR_SIZE
  at    wordpress.network.cidr
  got   "10.0.0.0/8"
  want  a range from /16 to /23
  fix   AWS allows no wider network: use 10.0.0.0/16`,
  ],
  [
    "a network without room for its tiers (bad inputs 1, 8)",
    { network: "cidr: 10.0.0.0/26" },
    `
dev.yaml:4:53 NET_CIDR_TOO_SMALL
  at    wordpress.network.cidr
  got   "10.0.0.0/26"
  want  a range from /16 to /23
  fix   there is no room for 32 subnets of at least a /28: use /23 or wider`,
  ],
  [
    "host bits in an address range (bad input 2)",
    { network: "cidr: 10.180.0.1/16" },
    `
dev.yaml:4:53 NET_CIDR_HOSTBITS
  at    wordpress.network.cidr
  got   "10.180.0.1/16"
  want  the first address of its range
  fix   did you mean 10.180.0.0/16?`,
  ],
  [
    "an address that is none (bad input 3)",
    { network: "cidr: 300.0.0.0/16" },
    `
dev.yaml:4:53 NET_CIDR_SYNTAX
  at    wordpress.network.cidr
  got   "300.0.0.0/16"
  want  an IPv4 range in CIDR notation
  fix   write four numbers from 0 to 255 without leading zeros, and a prefix, such as 10.0.0.0/16`,
  ],
  [
    "a prefix that is none (bad input 3)",
    { network: "cidr: 10.0.0.0/33" },
    `
dev.yaml:4:53 NET_CIDR_SYNTAX
  at    wordpress.network.cidr
  got   "10.0.0.0/33"
  want  an IPv4 range in CIDR notation
  fix   write four numbers from 0 to 255 without leading zeros, and a prefix, such as 10.0.0.0/16`,
  ],
  [
    "an address range without prefix (bad input 3)",
    { network: "cidr: 10.0.0.0" },
    `
dev.yaml:4:53 NET_CIDR_SYNTAX
  at    wordpress.network.cidr
  got   "10.0.0.0"
  want  an IPv4 range in CIDR notation
  fix   write four numbers from 0 to 255 without leading zeros, and a prefix, such as 10.0.0.0/16`,
  ],
  [
    "an empty address range (bad input 3)",
    { network: 'cidr: ""' },
    `
dev.yaml:4:53 NET_CIDR_SYNTAX
  at    wordpress.network.cidr
  got   ""
  want  an IPv4 range in CIDR notation
  fix   write four numbers from 0 to 255 without leading zeros, and a prefix, such as 10.0.0.0/16`,
  ],
  [
    "leading zeros in an address (bad input 3)",
    { network: "cidr: 010.0.0.0/16" },
    `
dev.yaml:4:53 NET_CIDR_SYNTAX
  at    wordpress.network.cidr
  got   "010.0.0.0/16"
  want  an IPv4 range in CIDR notation
  fix   write four numbers from 0 to 255 without leading zeros, and a prefix, such as 10.0.0.0/16`,
  ],
  [
    "an IPv6 range (bad input 4)",
    { network: 'cidr: "2001:db8::/56"' },
    `
dev.yaml:4:53 NET_CIDR_FAMILY
  at    wordpress.network.cidr
  got   "2001:db8::/56"
  want  an IPv4 range
  fix   IPv6 given: write an IPv4 range such as 10.0.0.0/16`,
  ],
  [
    "an IPv4 range in IPv6 clothes (bad input 4)",
    { network: 'cidr: "::ffff:10.0.0.0/112"' },
    `
dev.yaml:4:53 NET_CIDR_FAMILY
  at    wordpress.network.cidr
  got   "::ffff:10.0.0.0/112"
  want  an IPv4 range
  fix   IPv6 given: write an IPv4 range such as 10.0.0.0/16`,
  ],
  [
    "the network of Docker (bad input 9)",
    { network: "cidr: 172.17.0.0/16" },
    `
dev.yaml:4:53 NET_CIDR_CONFLICT
  at    wordpress.network.cidr
  got   "172.17.0.0/16"
  want  outside 172.17.0.0/16
  fix   172.17.0.0/16 belongs to Docker's own network: use a range of 10.0.0.0/8`,
  ],
  [
    "no zone (bad input 10)",
    { zones: "[]" },
    `
dev.yaml:4:21 NET_AZ_COUNT
  at    wordpress.network.zones
  got   no zone
  want  two zones or more
  fix   write for example [eu-west-1a, eu-west-1b]`,
  ],
  [
    "more zones than the region has (bad input 10)",
    { zones: "[eu-west-1a, eu-west-1b, eu-west-1c, eu-west-1d]" },
    `
dev.yaml:4:21 NET_AZ_COUNT
  at    wordpress.network.zones
  got   eu-west-1a, eu-west-1b, eu-west-1c, eu-west-1d
  want  at most 3 zones: eu-west-1 has no more, as known in 2026-01
  fix   remove the others

dev.yaml:4:58 NET_AZ_UNKNOWN
  at    wordpress.network.zones[3]
  got   "eu-west-1d"
  want  a zone that eu-west-1 has: eu-west-1a, eu-west-1b, eu-west-1c, as known in 2026-01
  fix   choose one of these`,
  ],
  [
    "a number of zones (bad input 10)",
    { zones: "2.5" },
    `
dev.yaml:4:21 VALUE_FORM
  at    wordpress.network.zones
  got   2.5
  want  a list
  fix   put the values in [ ], with commas between them`,
  ],
  [
    "a zone of another region (bad input 11)",
    { zones: "[eu-west-1a, us-east-1a]" },
    `
dev.yaml:4:34 NET_AZ_REGION
  at    wordpress.network.zones[1]
  got   "us-east-1a"
  want  the name of an availability zone of eu-west-1
  fix   did you mean eu-west-1a?`,
  ],
  [
    "a zone by its id (bad input 12)",
    { zones: "[euw1-az1, eu-west-1b]" },
    `
dev.yaml:4:22 NET_AZ_FORM
  at    wordpress.network.zones[0]
  got   "euw1-az1"
  want  the name of an availability zone of eu-west-1
  fix   write the region and a letter from a to f, such as eu-west-1a; zone ids and local zones do not work`,
  ],
  [
    "a local zone (bad input 12)",
    { zones: "[eu-west-1a, us-west-2-lax-1a]" },
    `
dev.yaml:4:34 NET_AZ_FORM
  at    wordpress.network.zones[1]
  got   "us-west-2-lax-1a"
  want  the name of an availability zone of eu-west-1
  fix   write the region and a letter from a to f, such as eu-west-1a; zone ids and local zones do not work`,
  ],
  [
    "one zone twice (bad input 32)",
    { zones: "[eu-west-1a, eu-west-1a]" },
    `
dev.yaml:4:21 LB_SUBNETS
  at    wordpress.network.zones
  got   eu-west-1a, eu-west-1a
  want  two different zones or more: load balancers and databases refuse to live in fewer
  fix   write for example [eu-west-1a, eu-west-1b]`,
  ],
  [
    "one zone (bad input 32)",
    { zones: "[eu-west-1a]" },
    `
dev.yaml:4:21 LB_SUBNETS
  at    wordpress.network.zones
  got   eu-west-1a
  want  two different zones or more: load balancers and databases refuse to live in fewer
  fix   write for example [eu-west-1a, eu-west-1b]`,
  ],
  [
    "a region that does not exist (bad input 13)",
    { region: "eu-west-9", zones: "[eu-west-1a, eu-west-1b]" },
    `
dev.yaml:1:9 REGION_UNKNOWN
  at    region
  got   "eu-west-9"
  want  an AWS region, as known in 2026-01
  fix   did you mean eu-west-1?`,
  ],
  [
    "a region in capitals (bad input 13)",
    { region: "EU-WEST-1" },
    `
dev.yaml:1:9 REGION_UNKNOWN
  at    region
  got   "EU-WEST-1"
  want  an AWS region, as known in 2026-01
  fix   did you mean eu-west-1?`,
  ],
  [
    "a region with a space (bad input 13)",
    { region: '" eu-west-1"' },
    `
dev.yaml:1:9 REGION_UNKNOWN
  at    region
  got   " eu-west-1"
  want  an AWS region, as known in 2026-01
  fix   did you mean eu-west-1?`,
  ],
  [
    "private machines without a way out (bad input 15)",
    { network: "nat: none, endpoints: [ecr.api, ecr.dkr]" },
    `
dev.yaml:4:52 NET_EGRESS_MISSING
  at    wordpress.network.nat
  got   "none"
  want  a way to AWS's services: NAT, or the endpoints ecr.api, ecr.dkr, ecs, ecs-agent, ecs-telemetry, logs, secretsmanager, ssm, ssmmessages
  fix   write nat: one, or add ecs, ecs-agent, ecs-telemetry, logs, secretsmanager, ssm, ssmmessages to endpoints`,
  ],
  [
    "an endpoint by its full name",
    { network: "endpoints: [com.amazonaws.eu-west-1.logs]" },
    `
dev.yaml:4:59 NET_ENDPOINT
  at    wordpress.network.endpoints[0]
  got   "com.amazonaws.eu-west-1.logs"
  want  the last part of the name of an AWS service
  fix   did you mean logs?`,
  ],
  [
    "a period that CloudWatch does not keep logs for",
    { network: "flowLogDays: 31" },
    `
dev.yaml:4:60 LOG_DAYS
  at    wordpress.network.flowLogDays
  got   31
  want  one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
  fix   write 60`,
  ],
];

describe("mistakes in network", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(change)}`).toBe(message);
  });
});
