import { asBlock, blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const acm02 = rule({
  id: "ACM-02",
  title: "certificates are in the public logs",
  severity: "low",
  types: ["aws_acm_certificate"],
  why: "browsers refuse a certificate that is in no log, and in a log one sees those that somebody else had made",
  fix: 'write options certificate_transparency_logging_preference = "ENABLED"',
  also: ["CKV_AWS_234"],
  inspect: (certificate) => {
    const { certificate_transparency_logging_preference: given } = asBlock(blocks(certificate.body.options)[0]);
    const argument = "options.certificate_transparency_logging_preference";
    return complainIf(given !== "ENABLED", certificate, argument, given, "ENABLED");
  },
});
