import { asBlock, blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const cdn03 = rule({
  id: "CDN-03",
  title: "distributions tell names apart by TLS, not by addresses of their own",
  severity: "low",
  types: ["aws_cloudfront_distribution"],
  why: "addresses of one's own cost 600 dollars a month, for clients that no longer exist",
  fix: 'write ssl_support_method = "sni-only"',
  also: ["CloudFront.8"],
  inspect: (distribution) => {
    const { ssl_support_method: given } = asBlock(blocks(distribution.body.viewer_certificate)[0]);
    return complainIf(
      !same(given, "sni-only"),
      distribution,
      "viewer_certificate.ssl_support_method",
      given,
      "sni-only",
    );
  },
});
