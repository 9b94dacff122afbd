import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from ".";

/** Web servers that the internet may call and that know each other, their database, and a data centre that they call. */
export function example(stack: TerraformStack) {
  const web = new Construct(stack, "web");
  const db = new Construct(stack, "db");
  const caller = { connections: new Connections(web, "connections", { vpcId: "vpc-1", ports: 80 }) };
  const callee = { connections: new Connections(db, "connections", { vpcId: "vpc-1", ports: 5432 }) };

  caller.connections.allowFromInternet("customers");
  caller.connections.allowAmong(["7946/tcp", "7946/udp"], "who is alive");
  caller.connections.allowToInternet("AWS APIs");
  caller.connections.allowToInternet("packages of Debian", 80);
  caller.connections.allowToAddresses("data-centre", "192.168.40.0/24", 5432, "older entries");
  callee.connections.allowFrom(caller, "queries");
  callee.connections.allowFrom(caller, "statistics", 9187);
}
