import { blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const lb01 = rule({
  id: "LB-01",
  title: "listeners speak TLS, or send the client to one that does",
  severity: "high",
  types: ["aws_lb_listener"],
  why: "over plain HTTP everybody on the way reads passwords and session cookies",
  fix: "give the load balancer a certificate: it then listens on 443 and redirects port 80",
  also: ["CKV_AWS_2", "AWS-0054", "ELB.1", "ELB.18"],
  inspect: (listener) => {
    const { protocol, default_action } = listener.body;
    const plain = !["HTTPS", "TLS", "QUIC"].includes(String(protocol ?? "HTTP"));
    const actions = blocks(default_action);
    const redirects = actions.length > 0 && actions.every(({ type }) => same(type, "redirect"));
    return complainIf(plain && !redirects, listener, "protocol", protocol, "HTTPS or TLS, or a default redirect to it");
  },
});
