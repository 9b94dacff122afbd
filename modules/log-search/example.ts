import { TerraformOutput, type TerraformStack } from "cdktf";
import { Connections } from "../connections";
import { LogSearch } from ".";

/** A place to look through the logs of a shop, to which its machines write. */
export function example(stack: TerraformStack) {
  const search = new LogSearch(stack, "search", {
    ...{ name: "shop-dev-logs", region: "eu-west-1", nodes: 1 },
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
    administratorArn: "arn:aws:iam::111122223333:role/log-administrators",
  });
  const machines = { connections: new Connections(stack, "machines", { vpcId: "vpc-1" }) };
  search.connections.allowFrom(machines, "lines of the shop's logs");
  new TerraformOutput(stack, "search_host", { value: search.host });
}
