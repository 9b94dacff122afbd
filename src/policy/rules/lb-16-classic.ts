import { never } from "../rule";

export const lb16 = never({
  id: "LB-16",
  title: "no classic load balancer",
  severity: "medium",
  types: ["aws_elb", "aws_elb_attachment", "aws_load_balancer_policy", "aws_lb_cookie_stickiness_policy"],
  why: "it knows neither rules nor several services, and gets no new protection",
  fix: "use the load-balancer module",
  also: ["CKV_AWS_92", "CKV_AWS_127", "CKV_AWS_138", "CKV_AWS_213", "CKV_AWS_376", "ELB.2", "ELB.3", "ELB.7", "ELB.9"],
  instead: "aws_lb",
});
