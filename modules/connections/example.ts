import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from ".";

/** A web server that the internet may call, and its database that only the web server may. */
export function example(stack: TerraformStack) {
  const web = new Construct(stack, "web");
  const db = new Construct(stack, "db");
  const caller = { connections: new Connections(web, "connections", { vpcId: "vpc-1", ports: 80 }) };
  const callee = { connections: new Connections(db, "connections", { vpcId: "vpc-1", ports: 5432 }) };

  caller.connections.allowFromInternet("customers");
  callee.connections.allowFrom(caller, "queries");
}
