import { type Block, blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

const chosen = (block: Block, ...names: string[]) => names.filter((name) => blocks(block[name]).length > 0);

export const waf02 = rule({
  id: "WAF-02",
  title: "web ACLs say what to do, by each rule and where none fits",
  severity: "high",
  types: ["aws_wafv2_web_acl", "aws_wafv2_rule_group"],
  why: "AWS refuses a rule without an action, and two defaults contradict each other",
  fix: "write action or override_action in every rule, and one of allow and block in default_action",
  also: ["CKV_AWS_342"],
  inspect: (at) => {
    const silent = blocks(at.body.rule).filter((one) => chosen(one, "action", "override_action").length !== 1);
    const defaults = blocks(at.body.default_action).flatMap((action) => chosen(action, "allow", "block"));
    const undecided = at.type === "aws_wafv2_web_acl" && defaults.length !== 1;
    return [
      ...silent.map(({ name }) => ({ at, argument: `rule ${name}`, given: undefined, wanted: "one action" })),
      ...complainIf(undecided, at, "default_action", defaults, "allow or block"),
    ];
  },
});
