import { originTalks } from "../edges";
import { rule } from "../rule";

export const cdn05 = rule({
  id: "CDN-05",
  title: "the edge speaks HTTPS to what stands behind it",
  severity: "high",
  types: ["aws_cloudfront_distribution", "aws_cloudfront_vpc_origin"],
  why: "what visitors sent over HTTPS would go on in clear text",
  fix: 'write origin_protocol_policy = "https-only"',
  also: ["CKV2_AWS_72", "CloudFront.9"],
  inspect: (at) =>
    originTalks(at)
      .filter(({ policy }) => policy !== "https-only")
      .map(({ argument, policy: given }) => ({
        ...{ at, argument: `${argument}.origin_protocol_policy`, given, wanted: "https-only" },
      })),
});
