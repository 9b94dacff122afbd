import type { TerraformStack } from "cdktf";
import { LoadBalancer } from ".";

/** An encrypted entrance that everyone may use, and a disposable one without a certificate. */
export function example(stack: TerraformStack) {
  const placement = {
    vpcId: "vpc-0a1b2c3d4e5f60718",
    subnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
  };
  const entrance = new LoadBalancer(stack, "public", {
    name: "shop-production-public",
    placement,
    certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/0f5c4f2e-6f0b-4a59-9d5c-2f5d0e4b8a11",
    accessLogs: { bucket: "shop-production-access-logs", prefix: "public" },
  });
  new LoadBalancer(stack, "trial", { name: "shop-dev-trial", placement, onRemoval: "destroy" });

  entrance.allowFromInternet("customers");
}
