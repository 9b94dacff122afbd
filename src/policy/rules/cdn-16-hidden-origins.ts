import { blocks } from "../../core/terraform-json";
import { rule } from "../rule";

export const cdn16 = rule({
  id: "CDN-16",
  title: "nobody gets past the edge to what stands behind it",
  severity: "high",
  types: ["aws_cloudfront_distribution"],
  why: "an origin in the internet is found by its address: the web ACL, the limits and the logs of the edge see nothing then",
  fix: "reach a load balancer by vpc_origin_config, a bucket by origin_access_control_id",
  also: ["CKV2_AWS_46", "CloudFront.12", "CloudFront.13"],
  inspect: (at) =>
    blocks(at.body.origin)
      .filter(
        ({ vpc_origin_config, origin_access_control_id }) =>
          blocks(vpc_origin_config).length === 0 && origin_access_control_id === undefined,
      )
      .map(({ origin_id, domain_name: given }) => ({
        ...{ at, argument: `origin ${origin_id}`, given, wanted: "a VPC origin, or a bucket with access control" },
      })),
});
