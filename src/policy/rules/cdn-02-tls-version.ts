import { asBlock, blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

/** Security policies of CloudFront that speak no version before 1.2. */
const modern = /^TLSv1\.[23]_20\d\d$/;

export const cdn02 = rule({
  id: "CDN-02",
  title: "distributions speak TLS 1.2 or later, with a certificate of their own",
  severity: "high",
  types: ["aws_cloudfront_distribution"],
  why: "with CloudFront's own certificate, or an older policy, the edge speaks TLS 1.0, which is broken",
  fix: 'name a certificate of us-east-1 in acm_certificate_arn, and write minimum_protocol_version = "TLSv1.2_2021"',
  also: ["CKV_AWS_174", "CKV2_AWS_42", "AWS-0013", "CloudFront.7", "CloudFront.15"],
  inspect: (distribution) => {
    const certificate = asBlock(blocks(distribution.body.viewer_certificate)[0]);
    const { minimum_protocol_version: given, cloudfront_default_certificate: shared } = certificate;
    // With its own certificate CloudFront takes no notice of the version.
    if (shared === true) {
      const wanted = "a certificate of one's own";
      return complainIf(true, distribution, "viewer_certificate.cloudfront_default_certificate", shared, wanted);
    }
    const wrong = !modern.test(String(given));
    return complainIf(
      wrong,
      distribution,
      "viewer_certificate.minimum_protocol_version",
      given,
      "TLSv1.2_2021 or later",
    );
  },
});
