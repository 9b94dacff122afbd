import { blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const lb12 = rule({
  id: "LB-12",
  title: "target groups say when a target is healthy",
  severity: "medium",
  types: ["aws_lb_target_group"],
  why: "the default asks / for exactly 200: an application that answers otherwise never gets a request",
  fix: "write a health_check with path and matcher",
  also: ["CKV_AWS_261"],
  inspect: (group) => {
    const [check] = blocks(group.body.health_check);
    const speaksHttp = /^HTTPS?$/.test(String(check?.protocol ?? group.body.protocol));
    const complete = check && (!speaksHttp || (check.path !== undefined && check.matcher !== undefined));
    return complainIf(!complete, group, "health_check", check, "path and matcher, or another protocol's check");
  },
});
