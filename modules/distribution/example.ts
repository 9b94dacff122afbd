import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { Distribution } from ".";

/** A shop at the edge, whose load balancer nobody else can reach. */
export function example(stack: TerraformStack) {
  const provider = new AwsProvider(stack, "us-east-1", { region: "us-east-1", alias: "us-east-1" });
  const shop = new Distribution(stack, "distribution", {
    name: "shop-production",
    names: ["www.example.org"],
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0f5c4f2e-6f0b-4a59-9d5c-2f5d0e4b8a11",
    origin: {
      arn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188",
      dnsName: "internal-shop-1234567890.eu-west-1.elb.amazonaws.com",
    },
    provider,
    logDays: 90,
  });

  new TerraformOutput(stack, "invalidate", { value: shop.invalidateCommand });
}
