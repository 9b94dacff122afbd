import { asBlock, blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

const year = 31_536_000;

export const cdn14 = rule({
  id: "CDN-14",
  title: "browsers remember for a year that the site speaks HTTPS",
  severity: "low",
  types: ["aws_cloudfront_response_headers_policy"],
  why: "the first request of a visit would be in clear text, and whoever is on the way could answer it",
  fix: "write strict_transport_security with access_control_max_age_sec = 31536000 and override = true",
  also: ["CKV_AWS_259"],
  inspect: (policy) => {
    const config = asBlock(blocks(policy.body.security_headers_config)[0]);
    const { access_control_max_age_sec: given } = asBlock(blocks(config.strict_transport_security)[0]);
    const argument = "security_headers_config.strict_transport_security.access_control_max_age_sec";
    return complainIf(!(Number(given) >= year), policy, argument, given, `${year} or more`);
  },
});
