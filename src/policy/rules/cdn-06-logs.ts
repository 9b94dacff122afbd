import { blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const cdn06 = rule({
  id: "CDN-06",
  title: "distributions of kept systems keep access logs",
  severity: "medium",
  types: ["aws_cloudfront_distribution"],
  why: "what the edge answers reaches no other log: an attack or a broken path leaves no trace",
  fix: "give the distribution logDays, such as 90",
  also: ["CKV_AWS_86", "AWS-0010", "CloudFront.5"],
  whenKept: true,
  inspect: (distribution, doc) => {
    const { logging_config } = distribution.body;
    const delivered = doc
      .referrers(distribution, "aws_cloudwatch_log_delivery_source")
      .some(({ body }) => body.log_type === "ACCESS_LOGS");
    const none = blocks(logging_config).length === 0 && !delivered;
    return complainIf(none, distribution, "logging_config", logging_config, "logs in a bucket, or a delivery of them");
  },
});
