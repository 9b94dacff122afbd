import * as z from "zod";
import { parseCidr } from "../../core/address-plan";
import { arnForms } from "../../core/arn";
import { nameFault } from "../names";
import { domain } from "./domain";
import { choice, expectations, listOf, mapOf, section, text, whole } from "./field";
import { siteWebAcl, webAcl } from "./web-acl";

/** Key of a map of things that become Terraform addresses and parts of AWS names. */
export function nameKey(limit: number): z.ZodString {
  const key = z
    .string()
    .max(limit)
    .regex(/^[a-z]([a-z0-9]|-(?=[a-z0-9]))*$/);
  const check = (name: string) => nameFault(name, limit);
  expectations.add(key, { code: "NAME_CHARSET", want: "a name", check });
  return key;
}

/** A public entrance. */
const loadBalancer = section("A public load balancer, shared by the services that name it.", {
  certificateArn: text("ACM certificate of this region. With it, HTTPS, and HTTP is redirected.", {
    code: "ARN_FORM",
    want: "the ARN of an ACM certificate",
    fix: "copy it from the ACM console: arn:aws:acm:<region>:<account>:certificate/<id>",
    pattern: arnForms.certificate,
  }).optional(),
  idleTimeoutSeconds: whole("Seconds without a byte after which a connection is closed.", {
    code: "LB_IDLE_TIMEOUT",
    min: 1,
    max: 4000,
  }).optional(),
  slowSeconds: whole("Seconds that one answer in twenty may take before there is an alarm, where there are alarms.", {
    code: "LB_SLOW",
    min: 1,
    max: 300,
  }).optional(),
  admit: listOf(
    "Address ranges that may use it, for as long as a site is not for everybody. Without it, the whole internet.",
    text("Range of IPv4 addresses.", {
      code: "NET_CIDR_SYNTAX",
      want: "an IPv4 range in CIDR notation",
      fix: "write a range such as 198.51.100.7/32",
      check: (range) => parseCidr(range).fault,
    }),
  ).optional(),
  domain: domain.optional(),
  webAcl: webAcl.optional(),
});

const distribution = (later: string) =>
  section(
    `CloudFront before it, the only one that gets in: the load balancer then has private addresses. Needs domain. Turning it on or off replaces the load balancer: ${later}. With onRemoval: keep, the policy wants logDays, and webAcl beside it.`,
    {
      pageSeconds: whole("Seconds that the edge keeps a page for who is not logged in.", {
        code: "CDN_SECONDS",
        min: 0,
        max: 86_400,
      }).default(60),
      reach: choice(
        "Where the edge is: in North America and Europe, in most places, or everywhere.",
        ["nearest", "most", "all"],
        {
          code: "CDN_REACH",
        },
      ).default("nearest"),
      logDays: whole(
        "Days that its access logs are kept, in an S3 bucket in us-east-1. Without it, none are written.",
        {
          code: "ACCESS_LOG_DAYS",
          min: 1,
          max: 3650,
        },
      ).optional(),
    },
  );

/** An entrance of WordPress; and what to do where a distribution comes or goes later. */
export const siteEntrance = (later: string) => ({
  ...loadBalancer.shape,
  webAcl: siteWebAcl.optional(),
  distribution: distribution(later).optional(),
});

/** The public entrance of a system that has one. */
export const entrance = section("The public load balancer.", {
  ...loadBalancer.shape,
  accessLogDays: whole(
    "Days that its access logs are kept, in an S3 bucket of their own. Without it, none are written.",
    { code: "ACCESS_LOG_DAYS", min: 1, max: 3650 },
  ).optional(),
});

export const loadBalancers = mapOf(
  "Load balancers by name. `public` is the one that services take by default.",
  nameKey(20),
  section("A public load balancer, shared by the services that name it.", siteEntrance("add another one instead")),
);
