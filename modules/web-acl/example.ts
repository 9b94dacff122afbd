import { TerraformOutput, type TerraformStack } from "cdktf";
import { WebAcl } from ".";

/** What WordPress is attacked with does not reach it, and one address tries few passwords. */
export function example(stack: TerraformStack) {
  const acl = new WebAcl(stack, "web-acl", {
    name: "shop-production",
    scope: "REGIONAL",
    limits: { login: { path: "/wp-login.php", requests: 100 } },
    requests: 5000,
    counted: ["requests"],
  });
  const arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188";
  acl.protect("public", { arn });

  new TerraformOutput(stack, "log", { value: acl.logGroupName });
}
