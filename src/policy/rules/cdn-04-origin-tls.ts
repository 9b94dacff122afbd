import { originTalks } from "../edges";
import { rule } from "../rule";

export const cdn04 = rule({
  id: "CDN-04",
  title: "the edge speaks TLS 1.2 to what stands behind it",
  severity: "medium",
  types: ["aws_cloudfront_distribution", "aws_cloudfront_vpc_origin"],
  why: "the older versions are broken, and no load balancer needs them",
  fix: 'write origin_ssl_protocols with "TLSv1.2" and nothing else',
  also: ["CKV2_AWS_54", "CloudFront.10"],
  inspect: (at) =>
    originTalks(at)
      .filter(({ protocols }) => protocols.length === 0 || protocols.some((one) => one !== "TLSv1.2"))
      .map(({ argument, protocols: given }) => ({
        ...{ at, argument: `${argument}.origin_ssl_protocols`, given, wanted: "TLSv1.2" },
      })),
});
