import { behaviors } from "../edges";
import { rule } from "../rule";

export const cdn01 = rule({
  id: "CDN-01",
  title: "distributions answer over HTTPS, whatever the path",
  severity: "high",
  types: ["aws_cloudfront_distribution"],
  why: "over plain HTTP everybody on the way reads passwords and session cookies, on one path as on all",
  fix: 'write viewer_protocol_policy = "redirect-to-https" in every behavior',
  also: ["CKV_AWS_34", "AWS-0012", "CloudFront.3"],
  inspect: (at) =>
    behaviors(at)
      .filter(({ viewer_protocol_policy: policy }) => policy !== "redirect-to-https" && policy !== "https-only")
      .map(({ path_pattern = "default", viewer_protocol_policy: given }) => ({
        ...{ at, argument: `cache_behavior ${path_pattern}: viewer_protocol_policy`, given },
        wanted: "redirect-to-https or https-only",
      })),
});
