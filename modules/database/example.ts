import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../connections";
import { Database } from ".";

/** A MySQL server that one application may reach. */
export function example(stack: TerraformStack) {
  const api = { connections: new Connections(new Construct(stack, "api"), "connections", { vpcId: "vpc-1" }) };
  const orders = new Database(stack, "orders", {
    name: "shop-orders",
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
    engine: "mysql",
    version: "8.4",
    instanceClass: "db.t4g.micro",
    storageGib: 20,
    databaseName: "orders",
    user: "orders",
  });

  orders.connections.allowFrom(api, "place and read orders");
}
