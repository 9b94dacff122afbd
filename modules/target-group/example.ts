import type { TerraformStack } from "cdktf";
import { TargetGroup } from ".";

/** Two machines that answer everything that a load balancer is asked, as long as `/healthz` answers 200. */
export function example(stack: TerraformStack) {
  const listener =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/guestbook/50dc6c495c0c9188/0467ef3c84";
  const web = new TargetGroup(stack, "web", {
    name: "guestbook-dev",
    vpcId: "vpc-1",
    port: 80,
    listener: { arn: listener },
    route: { path: "/*", priority: 100 },
  });

  web.register("first", "i-0123456789abcdef0");
  web.register("second", "i-0fedcba9876543210");
}
