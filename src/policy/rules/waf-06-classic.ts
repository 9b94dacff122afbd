import { never } from "../rule";

const kinds = ["web_acl", "rule", "rule_group", "rate_based_rule", "ipset", "byte_match_set"];

export const waf06 = never({
  id: "WAF-06",
  title: "no web ACL is one of WAF Classic",
  severity: "medium",
  types: kinds.flatMap((kind) => [`aws_waf_${kind}`, `aws_wafregional_${kind}`]),
  why: "AWS has ended it, and its groups of rules are not kept up",
  fix: "write an aws_wafv2_web_acl in its place",
  also: ["WAF.1", "WAF.2", "WAF.3", "WAF.4", "WAF.6", "WAF.7", "WAF.8"],
  instead: "aws_wafv2_web_acl",
});
