import { asBlock, type Block, blocks, same } from "../../core/terraform-json";
import { rule } from "../rule";

const metrics = (block: Block) => asBlock(blocks(block.visibility_config)[0]).cloudwatch_metrics_enabled;

export const waf05 = rule({
  id: "WAF-05",
  title: "web ACLs and their rules are counted",
  severity: "low",
  types: ["aws_wafv2_web_acl", "aws_wafv2_rule_group"],
  why: "without metrics no alarm tells of an attack, nor of a rule that refuses visitors",
  fix: "write cloudwatch_metrics_enabled = true in every visibility_config",
  also: ["WAF.12"],
  inspect: (at) =>
    [{ name: "itself", ...at.body }, ...blocks(at.body.rule)]
      .filter((block) => !same(metrics(block), true))
      .map((block: Block) => ({
        ...{ at, argument: `visibility_config of ${block.name}`, given: metrics(block), wanted: "metrics" },
      })),
});
