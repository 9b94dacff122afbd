import { asBlock, blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const acm01 = rule({
  id: "ACM-01",
  title: "certificates renew themselves, and give way only to a successor",
  severity: "medium",
  types: ["aws_acm_certificate"],
  why: "a proof by mail, or a certificate brought along, waits for somebody each year; one in use cannot be deleted first",
  fix: 'write validation_method = "DNS" and lifecycle create_before_destroy = true',
  also: ["CKV_AWS_233", "ACM.1"],
  inspect: (certificate) => {
    const { validation_method, certificate_authority_arn, lifecycle } = certificate.body;
    const { create_before_destroy } = asBlock(blocks(lifecycle)[0]);
    const byHand = validation_method !== "DNS" && certificate_authority_arn === undefined;
    return [
      ...complainIf(byHand, certificate, "validation_method", validation_method, "DNS"),
      ...complainIf(
        !same(create_before_destroy, true),
        certificate,
        "lifecycle.create_before_destroy",
        create_before_destroy,
        "true",
      ),
    ];
  },
});
