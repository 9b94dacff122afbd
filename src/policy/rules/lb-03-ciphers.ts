import { complainIf, rule } from "../rule";

/** Policies with key exchange by RSA: who gets the key of the certificate reads what was recorded for years. */
const withoutForwardSecrecy = /-(Ext[12]-?|2015-05|2016-08|TLS-1-2-2017-01|TLS-1-2-Ext-|TLS-1-0-|TLS-1-1-)/;

export const lb03 = rule({
  id: "LB-03",
  title: "TLS listeners use ciphers with forward secrecy only",
  severity: "medium",
  types: ["aws_lb_listener"],
  why: "traffic recorded today could be read by whoever gets the key of the certificate later",
  fix: 'write ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"',
  also: ["CKV2_AWS_74", "AWS-0047", "ELB.17"],
  inspect: (listener) => {
    const { ssl_policy } = listener.body;
    const weak = withoutForwardSecrecy.test(String(ssl_policy ?? ""));
    return complainIf(weak, listener, "ssl_policy", ssl_policy, "a policy without RSA key exchange");
  },
});
