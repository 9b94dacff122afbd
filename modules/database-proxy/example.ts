import { TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../connections";
import { DatabaseProxy } from ".";

/** Many tasks of a shop share the connections of its database. */
export function example(stack: TerraformStack) {
  const api = { connections: new Connections(new Construct(stack, "api"), "connections", { vpcId: "vpc-1" }) };
  const proxy = new DatabaseProxy(stack, "proxy", {
    name: "shop-production",
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
    engine: "mysql",
    instance: "shop-production",
    secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-1-AbCdEf",
  });

  proxy.connections.allowFrom(api, "queries");
  new TerraformOutput(stack, "host", { value: proxy.host });
}
