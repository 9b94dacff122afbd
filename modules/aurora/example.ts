import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../connections";
import { Aurora } from ".";

/** A cluster whose size follows the load, and that one application may reach. */
export function example(stack: TerraformStack) {
  const web = { connections: new Connections(new Construct(stack, "web"), "connections", { vpcId: "vpc-1" }) };
  const blog = new Aurora(stack, "blog", {
    name: "blog-production",
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] },
    version: "8.0",
    databaseName: "wordpress",
    user: "wordpress",
    capacity: { serverless: { minAcu: 0.5, maxAcu: 4 } },
  });

  blog.connections.allowFrom(web, "read and write posts");
}
