import { isApplication } from "../load-balancers";
import { must, rule } from "../rule";

export const lb06 = rule({
  id: "LB-06",
  title: "application load balancers drop malformed headers",
  severity: "medium",
  types: ["aws_lb"],
  why: "request smuggling hides in headers that the load balancer and the application read differently",
  fix: "write drop_invalid_header_fields = true",
  also: ["CKV_AWS_131", "AWS-0052", "ELB.4"],
  inspect: (balancer) => (isApplication(balancer) ? must(balancer, "drop_invalid_header_fields", true) : []),
});
