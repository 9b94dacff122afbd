import { list } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const acm03 = rule({
  id: "ACM-03",
  title: "certificates are for whole names",
  severity: "low",
  types: ["aws_acm_certificate"],
  why: "whoever gets a certificate with a star can be any host of the domain",
  fix: "list the names: ten are free",
  also: ["CKV2_AWS_71"],
  inspect: (certificate) => {
    const { domain_name, subject_alternative_names } = certificate.body;
    const stars = [domain_name, ...list(subject_alternative_names)].filter((name) => String(name).startsWith("*"));
    return complainIf(stars.length > 0, certificate, "domain_name", stars, "names without a star");
  },
});
