import { TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../connections";
import { AccessPoint, FileSystem } from ".";

/** Uploads that the web machines of two zones share, and the folder of one site in them. */
export function example(stack: TerraformStack) {
  const web = { connections: new Connections(new Construct(stack, "web"), "connections", { vpcId: "vpc-1" }) };
  const placement = {
    vpcId: "vpc-1",
    subnetIds: ["subnet-a", "subnet-b"],
    byZone: { a: "subnet-a", b: "subnet-b" },
  };
  const files = new FileSystem(stack, "uploads", { name: "shop-production", placement });
  const { fileSystemId } = files;
  const owner = { uid: 33, gid: 33 };
  const shop = new AccessPoint(stack, "shop", { name: "shop-production", fileSystemId, folder: "/shop", owner });

  files.connections.allowFrom(web, "uploads of visitors");
  new TerraformOutput(stack, "access_point", { value: shop.arn });
}
