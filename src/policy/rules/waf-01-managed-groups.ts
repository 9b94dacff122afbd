import { managedGroups } from "../edges";
import { rule } from "../rule";

const wanted = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];

export const waf01 = rule({
  id: "WAF-01",
  title: "web ACLs know what attacks look like",
  severity: "medium",
  types: ["aws_wafv2_web_acl"],
  why: "without AWS's groups somebody would have to follow every new attack, such as Log4Shell, by hand",
  fix: "keep the groups common and bad-inputs; what errs on your site goes into counted",
  also: ["CKV_AWS_175", "CKV2_AWS_47", "WAF.10"],
  inspect: (at) => {
    const given = managedGroups(at);
    const missing = wanted.filter((name) => !given.includes(name));
    return missing.length > 0 ? [{ at, argument: "rule", given, wanted: missing.join(" and ") }] : [];
  },
});
