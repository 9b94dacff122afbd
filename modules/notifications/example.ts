import { TerraformOutput, type TerraformStack } from "cdktf";
import { Notifications } from ".";

/** Whoever is on call hears of alarms, and of the failovers of a cache. */
export function example(stack: TerraformStack) {
  const { alarmTopicArn, eventTopicArn } = new Notifications(stack, "on-call", {
    name: "shop-production",
    region: "eu-west-1",
    emails: ["on-call@example.org"],
    cacheEvents: true,
  });

  new TerraformOutput(stack, "topics", { value: [alarmTopicArn, eventTopicArn] });
}
