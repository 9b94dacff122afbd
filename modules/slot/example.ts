import { TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../connections";
import { Slot } from ".";

/** A configuration server at an address that its agents know, with its certificates on a volume that outlives it. */
export function example(stack: TerraformStack) {
  const web = { connections: new Connections(new Construct(stack, "web"), "connections", { vpcId: "vpc-1" }) };
  const puppet = new Slot(stack, "puppet", {
    name: "guestbook-dev",
    placement: { vpcId: "vpc-1", subnetIds: ["subnet-a"] },
    zone: "eu-west-1a",
    subnetCidr: "10.0.16.0/24",
    privateIp: "10.0.16.11",
    image: { amiId: "ami-0123456789abcdef0" },
    instanceType: "t3.medium",
    dataGib: 20,
    ports: 8140,
    userData: ({ dataVolumeId }) =>
      `#cloud-config\n${JSON.stringify({
        write_files: [{ path: "/etc/slipway/puppet-server.json", content: JSON.stringify({ dataVolumeId }) }],
      })}\n`,
  });

  puppet.connections.allowFrom(web, "catalogues");
  new TerraformOutput(stack, "replace-puppet", { value: puppet.replaceCommand });
}
