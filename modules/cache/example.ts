import { TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../connections";
import { Cache } from ".";

/** A cache for clients that know no TLS yet, which tells somebody of its failovers. */
export function example(stack: TerraformStack) {
  const web = { connections: new Connections(new Construct(stack, "web"), "connections", { vpcId: "vpc-1" }) };
  const cache = new Cache(stack, "visits", {
    name: "shop-visits",
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
    nodeType: "cache.t4g.small",
    zones: ["eu-west-1a", "eu-west-1b"],
    transitEncryption: "preferred",
    eventTopicArn: "arn:aws:sns:eu-west-1:123456789012:events",
    alarmTopicArn: "arn:aws:sns:eu-west-1:123456789012:alarms",
  });

  cache.connections.allowFrom(web, "visits");
  new TerraformOutput(stack, "host", { value: cache.primaryEndpoint });
}
