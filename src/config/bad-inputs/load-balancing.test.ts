import { describe, expect, it } from "vitest";
import { type Change, refusalOf } from "./description";

const cases: [title: string, change: Change, message: string][] = [
  [
    "an admitted range with host bits (bad input 2)",
    { balancers: "public: { admit: [198.51.100.7/24] }" },
    `
dev.yaml:7:38 NET_CIDR_HOSTBITS
  at    wordpress.loadBalancers.public.admit[0]
  got   "198.51.100.7/24"
  want  the first address of its range
  fix   did you mean 198.51.100.0/24?`,
  ],
  [
    "a certificate of another partition (bad input 14)",
    {
      region: "cn-north-1",
      zones: "[cn-north-1a, cn-north-1b]",
      balancers: "public: { certificateArn: arn:aws:acm:cn-north-1:111122223333:certificate/0f5c4f2e }",
    },
    `
dev.yaml:7:46 ARN_PARTITION
  at    wordpress.loadBalancers.public.certificateArn
  got   "arn:aws:acm:cn-north-1:111122223333:certificate/0f5c4f2e"
  want  an ARN of the partition aws-cn, to which cn-north-1 belongs
  fix   copy the ARN again: it begins with arn:aws-cn:`,
  ],
  [
    "a certificate of another region (bad input 30)",
    { balancers: "public: { certificateArn: arn:aws:acm:us-east-1:111122223333:certificate/0f5c4f2e }" },
    `
dev.yaml:7:46 CERT_REGION
  at    wordpress.loadBalancers.public.certificateArn
  got   "arn:aws:acm:us-east-1:111122223333:certificate/0f5c4f2e"
  want  an ARN of eu-west-1, the region of the load balancer
  fix   copy the ARN of the one in eu-west-1, or make one there`,
  ],
  [
    "a certificate of another account (bad input 30)",
    {
      top: 'account: "444455556666"',
      balancers: "public: { certificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/0f5c4f2e }",
    },
    `
dev.yaml:7:46 ARN_ACCOUNT
  at    wordpress.loadBalancers.public.certificateArn
  got   "arn:aws:acm:eu-west-1:111122223333:certificate/0f5c4f2e"
  want  an ARN of account 444455556666, as the load balancer is there
  fix   copy the ARN from that account, or correct account`,
  ],
  [
    "a certificate that is no ARN (bad input 30)",
    { balancers: "public: { certificateArn: 0f5c4f2e }" },
    `
dev.yaml:7:46 ARN_FORM
  at    wordpress.loadBalancers.public.certificateArn
  got   "0f5c4f2e"
  want  the ARN of an ACM certificate
  fix   copy it from the ACM console: arn:aws:acm:<region>:<account>:certificate/<id>`,
  ],
  [
    "a port out of range (bad input 19)",
    { service: "port: 65536" },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   65536
  want  a whole number from 1 to 65535
  fix   write 65535 or less`,
  ],
  [
    "port 0 (bad input 19)",
    { service: "port: 0" },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   0
  want  a whole number from 1 to 65535
  fix   write 1 or more`,
  ],
  [
    "a port in quotes (bad input 19)",
    { service: 'port: "80"' },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   "80"
  want  a whole number from 1 to 65535
  fix   write it without quotes: 80`,
  ],
  [
    "a port by its name (bad input 19)",
    { service: "port: http" },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   "http"
  want  a whole number from 1 to 65535
  fix   write digits only`,
  ],
  [
    "a fraction of a port (bad input 19)",
    { service: "port: 80.5" },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   80.5
  want  a whole number from 1 to 65535
  fix   write 80 or 81`,
  ],
  [
    "a port without a value (bad input 19)",
    { service: "port: null" },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   nothing
  want  a whole number from 1 to 65535
  fix   write a value, or remove the line to have the default`,
  ],
  [
    "a port in hexadecimal (bad input 115)",
    { service: "port: 0x50" },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   0x50
  want  a whole number from 1 to 65535
  fix   write it in plain digits: 80`,
  ],
  [
    "a port in scientific notation (bad input 115)",
    { service: "port: 1e3" },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   1e3
  want  a whole number from 1 to 65535
  fix   write it in plain digits: 1000`,
  ],
  [
    "a port with a leading zero (bad input 113)",
    { service: "port: 010" },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   010
  want  a whole number from 1 to 65535
  fix   write it in plain digits: 10, or 8 if it was meant as octal`,
  ],
  [
    "a number beyond all bounds (bad input 115)",
    { service: "port: -1.8881545897087827e+289" },
    `
dev.yaml:10:33 PORT_RANGE
  at    wordpress.services.shop.port
  got   -1.8881545897087827e+289
  want  a whole number from 1 to 65535
  fix   write 1 or more`,
  ],
  [
    "a load balancer that begins with a dash (bad input 25)",
    { balancers: "public: {}, -intern: {}" },
    `
dev.yaml:7:32 NAME_START
  at    wordpress.loadBalancers.-intern
  got   "-intern"
  want  1 to 20 lower-case letters, digits and single dashes, the first a letter
  fix   write intern`,
  ],
  [
    "a load balancer with an underscore (bad input 25)",
    { balancers: "public: {}, back_office: {}" },
    `
dev.yaml:7:32 NAME_CHARSET
  at    wordpress.loadBalancers.back_office
  got   "back_office"
  want  1 to 20 lower-case letters, digits and single dashes, the first a letter
  fix   write back-office`,
  ],
  [
    "no public load balancer",
    { balancers: "backoffice: {}", service: "loadBalancer: backoffice" },
    `
dev.yaml:7:18 LB_PUBLIC_MISSING
  at    wordpress.loadBalancers
  got   a map with backoffice
  want  a load balancer named public
  fix   add public: {}`,
  ],
  [
    "a load balancer that nobody defined (bad input 22)",
    { service: "loadBalancer: pubilc" },
    `
dev.yaml:10:41 REF_UNKNOWN
  at    wordpress.services.shop.loadBalancer
  got   "pubilc"
  want  a name of loadBalancers: public
  fix   did you mean public?`,
  ],
  [
    "one priority twice (bad input 27)",
    {
      service: "route: { path: /a, priority: 10 }",
      services: "blog: { image: 1.0.0, route: { path: /b, priority: 10 } }",
    },
    `
dev.yaml:10:56 LB_RULE_PRIORITY_DUP
  at    wordpress.services.shop.route.priority
  got   10
  want  a priority of its own: blog has 10 too
  fix   write priority: 11`,
  ],
  [
    "priority 0 (bad input 28)",
    { service: "route: { priority: 0 }" },
    `
dev.yaml:10:46 LB_RULE_PRIORITY
  at    wordpress.services.shop.route.priority
  got   0
  want  a whole number from 1 to 50000
  fix   write a number below 1000, or leave it out to have one assigned`,
  ],
  [
    "priority 50001 (bad input 28)",
    { service: "route: { priority: 50001 }" },
    `
dev.yaml:10:46 LB_RULE_PRIORITY
  at    wordpress.services.shop.route.priority
  got   50001
  want  a whole number from 1 to 50000
  fix   write 50000 or less`,
  ],
  [
    "a service that no request reaches",
    {
      service: "route: { path: /*, priority: 10 }",
      services: "blog: { image: 1.0.0, route: { path: /blog/*, priority: 20 } }",
    },
    `
dev.yaml:11:34 LB_RULE_SHADOWED
  at    wordpress.services.blog.route
  got   any host, /blog/*
  want  reachable: shop is tried before it (10, 20) and takes all its requests
  fix   write a priority below 10, or a larger one for shop`,
  ],
  [
    "one route twice",
    { service: "route: { priority: 10 }", services: "blog: { image: 1.0.0, route: { priority: 20 } }" },
    `
dev.yaml:10:34 LB_RULE_DUP
  at    wordpress.services.shop.route
  got   any host, /*
  want  a route of its own: blog answers the same requests
  fix   change the path or the host of one of them`,
  ],
  [
    "a path without a slash",
    { service: "route: { path: shop/* }" },
    `
dev.yaml:10:42 LB_RULE_PATH
  at    wordpress.services.shop.route.path
  got   "shop/*"
  want  a path pattern: /, then up to 127 letters, digits or characters of _-.$/~"'@:+&*?
  fix   write a path such as /shop/*`,
  ],
  [
    "a host name over 128 characters (bad input 35)",
    { service: `route: { host: ${"a".repeat(130)}.org }` },
    `
dev.yaml:10:42 LB_RULE_HOST
  at    wordpress.services.shop.route.host
  got   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"… (134 characters)
  want  a host name of at most 128 letters, digits and characters of -.*?, with only letters after its last dot
  fix   write a host such as shop.example.com`,
  ],
  [
    "six wildcards in a rule (bad input 35)",
    { service: "route: { path: /*/*/*/*/*/* }" },
    `
dev.yaml:10:34 LB_RULE_LIMIT
  at    wordpress.services.shop.route
  got   6 wildcards
  want  at most 5 of * and ? in path and host together
  fix   one * stands for any text, slashes too`,
  ],
  [
    "a health check that waits longer than its interval (bad input 33)",
    { service: "health: { intervalSeconds: 10, timeoutSeconds: 10 }" },
    `
dev.yaml:10:74 HC_TIMEOUT
  at    wordpress.services.shop.health.timeoutSeconds
  got   10
  want  less than intervalSeconds, 10
  fix   write 9 or less`,
  ],
  [
    "a health check of a path without slash (bad input 33)",
    { service: "health: { path: health }" },
    `
dev.yaml:10:43 HC_PATH
  at    wordpress.services.shop.health.path
  got   "health"
  want  a path of at most 1024 characters that begins with /, without spaces and braces
  fix   write a path such as /`,
  ],
  [
    "half a range of status codes (bad input 33)",
    { service: "health: { matcher: 200- }" },
    `
dev.yaml:10:46 HC_MATCHER
  at    wordpress.services.shop.health.matcher
  got   "200-"
  want  status codes from 200 to 499: one, several with commas, or a range
  fix   write for example 200-302`,
  ],
  [
    "a delay over an hour (bad input 34)",
    { service: "drainSeconds: 3601" },
    `
dev.yaml:10:41 TG_DELAY
  at    wordpress.services.shop.drainSeconds
  got   3601
  want  a whole number from 0 to 3600
  fix   write 3600 or less`,
  ],
  [
    "an idle timeout over 4000 seconds",
    { balancers: "public: { idleTimeoutSeconds: 4001 }" },
    `
dev.yaml:7:50 LB_IDLE_TIMEOUT
  at    wordpress.loadBalancers.public.idleTimeoutSeconds
  got   4001
  want  a whole number from 1 to 4000
  fix   write 4000 or less`,
  ],
];

describe("mistakes in load balancing", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(change)}`).toBe(message);
  });
});
