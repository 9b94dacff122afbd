import { behaviors } from "../edges";
import { rule } from "../rule";

export const cdn13 = rule({
  id: "CDN-13",
  title: "distributions add headers that protect visitors, whatever the path",
  severity: "low",
  types: ["aws_cloudfront_distribution"],
  why: "without them a page can be shown in a stranger's frame, and a browser comes by plain HTTP again",
  fix: "name an aws_cloudfront_response_headers_policy in every behavior",
  also: ["CKV2_AWS_32"],
  inspect: (at) =>
    behaviors(at)
      .filter(({ response_headers_policy_id }) => response_headers_policy_id === undefined)
      .map(({ path_pattern = "default" }) => ({
        ...{ at, argument: `cache_behavior ${path_pattern}: response_headers_policy_id`, given: undefined },
        wanted: "a policy of headers",
      })),
});
