import { TerraformOutput, type TerraformStack } from "cdktf";
import { watchedDatabase } from "../../src/core/watched/databases";
import { watchedLoadBalancer } from "../../src/core/watched/load-balancers";
import { Alarms } from ".";

/** Whoever is on call hears of a shop whose entrance or whose orders are in trouble. */
export function example(stack: TerraformStack) {
  const { arns } = new Alarms(stack, "alarms", {
    name: "shop-production",
    topicArn: "arn:aws:sns:eu-west-1:111122223333:on-call",
    watched: {
      entrance: { watched: watchedLoadBalancer("app/shop/0123456789abcdef") },
      orders: {
        watched: watchedDatabase({
          ...{ identifier: "shop-orders", engine: "postgres", instanceClass: "db.m7g.large", storageGib: 100 },
        }),
      },
    },
  });
  new TerraformOutput(stack, "alarms_of_the_shop", { value: arns });
}
