import { complainIf, rule } from "../rule";

export const waf04 = rule({
  id: "WAF-04",
  title: "web ACLs write down whom they refuse",
  severity: "medium",
  types: ["aws_wafv2_web_acl"],
  why: "nobody can tell a visitor why the answer was 403, nor see an attack afterwards",
  fix: "make an aws_wafv2_web_acl_logging_configuration for it, with a log group whose name begins with aws-waf-logs-",
  also: ["CKV2_AWS_31", "WAF.11"],
  inspect: (acl, doc) => {
    const logged = doc.referrers(acl, "aws_wafv2_web_acl_logging_configuration").length > 0;
    return complainIf(!logged, acl, "logging_configuration", undefined, "a log");
  },
});
