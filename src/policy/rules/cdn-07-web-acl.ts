import { complainIf, rule } from "../rule";

export const cdn07 = rule({
  id: "CDN-07",
  title: "distributions of kept systems stand behind a web ACL",
  severity: "medium",
  types: ["aws_cloudfront_distribution"],
  why: "known attacks, floods and tried passwords would all reach the application",
  fix: "give the load balancer webAcl; with mode: count it only watches, for a start",
  also: ["CKV_AWS_68", "AWS-0011", "CloudFront.6"],
  whenKept: true,
  inspect: (at) => complainIf(at.body.web_acl_id === undefined, at, "web_acl_id", at.body.web_acl_id, "a web ACL"),
});
