import { aws, disposable, drop, set, specify } from "../testing/specify";
import { acm01 } from "./acm-01-renewal";
import { acm02 } from "./acm-02-public-log";
import { acm03 } from "./acm-03-whole-names";
import { cdn01 } from "./cdn-01-viewers-https";
import { cdn02 } from "./cdn-02-tls-version";
import { cdn03 } from "./cdn-03-server-names";
import { cdn04 } from "./cdn-04-origin-tls";
import { cdn05 } from "./cdn-05-origin-https";
import { cdn06 } from "./cdn-06-logs";
import { cdn07 } from "./cdn-07-web-acl";
import { cdn13 } from "./cdn-13-answer-headers";
import { cdn14 } from "./cdn-14-hsts";
import { cdn16 } from "./cdn-16-hidden-origins";
import { waf01 } from "./waf-01-managed-groups";
import { waf02 } from "./waf-02-actions";
import { waf04 } from "./waf-04-logs";
import { waf05 } from "./waf-05-metrics";
import { waf06 } from "./waf-06-classic";

const answers = { viewer_protocol_policy: "redirect-to-https", response_headers_policy_id: "h" };
const distribution = {
  default_cache_behavior: answers,
  ordered_cache_behavior: [{ ...answers, path_pattern: "/wp-content/*" }],
  viewer_certificate: {
    acm_certificate_arn: "arn:aws:acm:us-east-1:111122223333:certificate/c",
    minimum_protocol_version: "TLSv1.2_2021",
    ssl_support_method: "sni-only",
  },
  origin: [
    {
      origin_id: "balancer",
      domain_name: "b",
      vpc_origin_config: { vpc_origin_id: "${aws_cloudfront_vpc_origin.v.id}" },
    },
  ],
  web_acl_id: "${aws_wafv2_web_acl.a.arn}",
};
const endpoint = {
  origin_protocol_policy: "https-only",
  origin_ssl_protocols: [{ items: ["TLSv1.2"], quantity: 1 }],
};
const source = { log_type: "ACCESS_LOGS", resource_arn: "${aws_cloudfront_distribution.d.arn}" };
const edge = (changes: object = {}) =>
  aws({
    aws_cloudfront_distribution: { d: { ...distribution, ...changes } },
    aws_cloudfront_vpc_origin: { v: { vpc_origin_endpoint_config: [endpoint] } },
    aws_cloudwatch_log_delivery_source: { s: source },
  });
const path = "aws_cloudfront_distribution/d";
const origin = "aws_cloudfront_vpc_origin/v/vpc_origin_endpoint_config/0";
const elsewhere = aws({ aws_lb: { b: { internal: true } } });
const classic = {
  origin_id: "site",
  domain_name: "www.example.org",
  custom_origin_config: { origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2"] },
};

specify(cdn01, {
  good: [edge(), edge({ ordered_cache_behavior: undefined })],
  broken: {
    "pages come in clear text": set(`${path}/default_cache_behavior/viewer_protocol_policy`, "allow-all"),
    "files come in clear text": set(`${path}/ordered_cache_behavior/0/viewer_protocol_policy`, "allow-all"),
    "one path does not say": drop(`${path}/ordered_cache_behavior/0/viewer_protocol_policy`),
  },
  elsewhere,
});

specify(cdn02, {
  good: [edge(), set(`${path}/viewer_certificate/minimum_protocol_version`, "TLSv1.3_2025").apply(edge())],
  broken: {
    "TLS 1.0 is spoken": set(`${path}/viewer_certificate/minimum_protocol_version`, "TLSv1"),
    "TLS 1.1 is spoken": set(`${path}/viewer_certificate/minimum_protocol_version`, "TLSv1.1_2016"),
    "it has CloudFront's own certificate and names a version, which CloudFront ignores": set(
      `${path}/viewer_certificate/cloudfront_default_certificate`,
      true,
    ),
    "it has CloudFront's own certificate": set(`${path}/viewer_certificate`, { cloudfront_default_certificate: true }),
  },
  elsewhere,
});

specify(cdn03, {
  good: edge(),
  broken: { "it rents addresses": set(`${path}/viewer_certificate/ssl_support_method`, "vip") },
  elsewhere,
});

specify(cdn04, {
  good: [edge(), edge({ origin: [classic] })],
  broken: {
    "TLS 1.0 is spoken inside": set(`${origin}/origin_ssl_protocols`, [{ items: ["TLSv1", "TLSv1.2"] }]),
    "nothing is said": drop(`${origin}/origin_ssl_protocols`),
    "SSL is spoken to a site": set(`${path}/origin`, [
      { custom_origin_config: { ...classic.custom_origin_config, origin_ssl_protocols: ["SSLv3"] } },
    ]),
  },
  elsewhere: [elsewhere, aws({ aws_cloudfront_distribution: { d: { origin: [{ origin_id: "bucket" }] } } })],
});

specify(cdn05, {
  good: [edge(), edge({ origin: [classic] })],
  broken: {
    "the edge comes as the visitor did": set(`${origin}/origin_protocol_policy`, "match-viewer"),
    "a site is asked in clear text": set(`${path}/origin`, [
      { custom_origin_config: { ...classic.custom_origin_config, origin_protocol_policy: "http-only" } },
    ]),
  },
  elsewhere,
});

specify(cdn06, {
  good: [edge(), aws({ aws_cloudfront_distribution: { d: { logging_config: { bucket: "b" } } } })],
  broken: {
    "nothing is kept": drop("aws_cloudwatch_log_delivery_source/s", "aws_cloudfront_distribution.d"),
    "something else is kept": set(
      "aws_cloudwatch_log_delivery_source/s/log_type",
      "CONNECTION_LOGS",
      "aws_cloudfront_distribution.d",
    ),
  },
  elsewhere: [elsewhere, disposable(aws({ aws_cloudfront_distribution: { d: distribution } }))],
});

specify(cdn07, {
  good: edge(),
  broken: { "there is none": drop(`${path}/web_acl_id`) },
  elsewhere: [elsewhere, disposable(edge({ web_acl_id: undefined }))],
});

specify(cdn13, {
  good: edge(),
  broken: {
    "pages have none": drop(`${path}/default_cache_behavior/response_headers_policy_id`),
    "one path has none": drop(`${path}/ordered_cache_behavior/0/response_headers_policy_id`),
  },
  elsewhere,
});

const hsts = { security_headers_config: { strict_transport_security: { access_control_max_age_sec: 31_536_000 } } };
specify(cdn14, {
  good: aws({ aws_cloudfront_response_headers_policy: { h: hsts } }),
  broken: {
    "they remember for a day": set(
      "aws_cloudfront_response_headers_policy/h/security_headers_config/strict_transport_security/access_control_max_age_sec",
      86_400,
    ),
    "they are told nothing": drop("aws_cloudfront_response_headers_policy/h/security_headers_config"),
  },
  elsewhere: edge(),
});

specify(cdn16, {
  good: [edge(), edge({ origin: [{ origin_id: "bucket", origin_access_control_id: "o" }] })],
  broken: {
    "the site is in the internet": set(`${path}/origin`, [classic]),
    "one of two is": set(`${path}/origin/1`, classic),
  },
  elsewhere,
});

const seen = { visibility_config: { cloudwatch_metrics_enabled: true, metric_name: "m" } };
const managed = (name: string, priority: number) => ({
  ...{ name, priority, override_action: { none: {} }, ...seen },
  statement: { managed_rule_group_statement: { vendor_name: "AWS", name } },
});
const acl = {
  ...{ scope: "REGIONAL", default_action: { allow: {} }, ...seen },
  rule: [
    managed("AWSManagedRulesCommonRuleSet", 1),
    managed("AWSManagedRulesKnownBadInputsRuleSet", 2),
    { name: "requests", action: { block: {} }, statement: { rate_based_statement: { limit: 500 } }, ...seen },
  ],
};
const wall = aws({
  aws_wafv2_web_acl: { a: acl },
  aws_wafv2_web_acl_logging_configuration: { l: { resource_arn: "${aws_wafv2_web_acl.a.arn}" } },
});
const aclPath = "aws_wafv2_web_acl/a";

specify(waf01, {
  good: wall,
  broken: {
    "there is only a limit": set(`${aclPath}/rule`, acl.rule.slice(2)),
    "a group is missing": set(`${aclPath}/rule`, acl.rule.slice(1)),
    "there is no rule": drop(`${aclPath}/rule`),
  },
  elsewhere,
});

specify(waf02, {
  good: wall,
  broken: {
    "a rule has none": drop(`${aclPath}/rule/2/action`),
    "a rule has two": set(`${aclPath}/rule/0/action`, { count: {} }),
    "nothing is said for the rest": drop(`${aclPath}/default_action`),
    "the rest is allowed and blocked": set(`${aclPath}/default_action`, { allow: {}, block: {} }),
  },
  elsewhere,
});

specify(waf04, {
  good: wall,
  broken: {
    "there is no log": drop("aws_wafv2_web_acl_logging_configuration/l", "aws_wafv2_web_acl.a"),
    "the log is of another one": set(
      "aws_wafv2_web_acl_logging_configuration/l/resource_arn",
      "arn:other",
      "aws_wafv2_web_acl.a",
    ),
  },
  elsewhere,
});

specify(waf05, {
  good: wall,
  broken: {
    "the whole is not": set(`${aclPath}/visibility_config/cloudwatch_metrics_enabled`, false),
    "one rule is not": drop(`${aclPath}/rule/1/visibility_config`),
  },
  elsewhere,
});

specify(waf06, {
  good: wall,
  broken: {
    "there is a regional one": set("aws_wafregional_web_acl/w", {}),
    "there is one of CloudFront": set("aws_waf_web_acl/w", {}),
    "a rule is left of it": set("aws_waf_rule/r", {}),
  },
  elsewhere,
});

const certificate = {
  ...{ domain_name: "www.example.org", subject_alternative_names: ["example.org"], validation_method: "DNS" },
  options: { certificate_transparency_logging_preference: "ENABLED" },
  lifecycle: { create_before_destroy: true },
};
const certified = aws({ aws_acm_certificate: { c: certificate } });
const at = "aws_acm_certificate/c";

specify(acm01, {
  good: [
    certified,
    aws({
      aws_acm_certificate: { c: { ...certificate, validation_method: undefined, certificate_authority_arn: "a" } },
    }),
  ],
  broken: {
    "somebody has to answer a mail": set(`${at}/validation_method`, "EMAIL"),
    "it was brought along": drop(`${at}/validation_method`),
    "it goes before its successor comes": drop(`${at}/lifecycle`),
  },
  elsewhere,
});

specify(acm02, {
  good: certified,
  broken: {
    "it is not": set(`${at}/options/certificate_transparency_logging_preference`, "DISABLED"),
    "it does not say": drop(`${at}/options`),
  },
  elsewhere,
});

specify(acm03, {
  good: certified,
  broken: {
    "the first is a star": set(`${at}/domain_name`, "*.example.org"),
    "another one is": set(`${at}/subject_alternative_names/0`, "*.example.org"),
  },
  elsewhere,
});
