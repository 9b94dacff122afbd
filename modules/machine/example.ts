import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../connections";
import { Machine } from ".";

/** A database server at an address that the web servers know, with its data on a volume that outlives it. */
export function example(stack: TerraformStack) {
  const web = { connections: new Connections(new Construct(stack, "web"), "connections", { vpcId: "vpc-1" }) };
  const secretArn = "arn:aws:secretsmanager:eu-west-3:111122223333:secret:blog/mysql-a1B2c3";
  const database = new Machine(stack, "database", {
    name: "blog-dev",
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a"] },
    zone: "eu-west-3a",
    subnetCidr: "10.0.0.0/24",
    privateIp: "10.0.0.151",
    image: { amiId: "ami-0123456789abcdef0" },
    instanceType: "t3.small",
    dataGib: 20,
    ports: 3306,
    statements: [{ actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] }],
    userData: ({ dataVolumeId }) =>
      `#cloud-config\n${JSON.stringify({
        write_files: [
          { path: "/etc/slipway/mysql.json", content: JSON.stringify({ secretArn, dataVolume: dataVolumeId }) },
        ],
      })}\n`,
  });

  database.connections.allowFrom(web, "queries");
}
