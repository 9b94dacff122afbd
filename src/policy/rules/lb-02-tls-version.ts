import { complainIf, rule } from "../rule";

export const lb02 = rule({
  id: "LB-02",
  title: "TLS listeners want TLS 1.2 or later",
  severity: "high",
  types: ["aws_lb_listener"],
  why: "TLS 1.0 and 1.1 are broken; and without a word AWS takes a policy of 2016 that has both",
  fix: 'write ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"',
  also: ["CKV_AWS_103", "AWS-0047", "ELB.17"],
  inspect: (listener) => {
    const { protocol, ssl_policy } = listener.body;
    const encrypts = ["HTTPS", "TLS"].includes(String(protocol));
    const modern = /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-|FS-1-2-)/.test(String(ssl_policy ?? ""));
    return complainIf(
      encrypts && !modern,
      listener,
      "ssl_policy",
      ssl_policy,
      "a policy that begins with TLS 1.2 or 1.3",
    );
  },
});
