import { blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const lb04 = rule({
  id: "LB-04",
  title: "redirects of listeners lead to HTTPS, for good",
  severity: "medium",
  types: ["aws_lb_listener"],
  why: "a temporary redirect is asked for again each time, in clear text; one to another port ends nowhere",
  fix: 'redirect with protocol "HTTPS", port "443" and status_code "HTTP_301"',
  also: ["CKV2_AWS_20", "AWS-0054", "ELB.1"],
  inspect: (listener) =>
    blocks(listener.body.default_action)
      .filter(({ type }) => same(type, "redirect"))
      .flatMap((action) => {
        const [{ protocol, port, status_code } = {} as Record<string, unknown>] = blocks(action.redirect);
        const right = same(protocol, "HTTPS") && same(port, 443) && same(status_code, "HTTP_301");
        const given = { protocol, port, status_code };
        return complainIf(!right, listener, "default_action.redirect", given, "HTTPS on 443 with HTTP_301");
      }),
});
