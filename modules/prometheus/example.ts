import { TerraformOutput, type TerraformStack } from "cdktf";
import { Prometheus } from ".";

/** Where the containers of a shop send their metrics, and who hears of alerts. */
export function example(stack: TerraformStack) {
  const { queryUrl } = new Prometheus(stack, "prometheus", {
    ...{ name: "shop-dev", region: "eu-west-1", topicArn: "arn:aws:sns:eu-west-1:111122223333:on-call" },
  });
  new TerraformOutput(stack, "grafana_source", { value: queryUrl });
}
