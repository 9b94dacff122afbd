import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Connections } from "../connections";
import { FrontEnds } from ".";

/** Two front ends in two zones, which serve requests and know each other by their addresses. */
export function example(stack: TerraformStack) {
  const api = {
    connections: new Connections(new Construct(stack, "api"), "connections", { vpcId: "vpc-1", ports: 8080 }),
  };
  const place = (letter: string, range: string) => ({
    ...{ subnetId: `subnet-${letter}`, zone: `eu-west-1${letter}` },
    ...{ subnetCidr: `${range}.0/24`, privateIp: `${range}.16` },
  });
  const frontends = new FrontEnds(stack, "frontends", {
    name: "shop-dev",
    vpcId: "vpc-1",
    machines: { "fe-1": place("a", "10.0.8"), "fe-2": place("b", "10.0.16") },
    image: { amiId: "ami-0123456789abcdef0" },
    instanceType: "t3.small",
    userData: ({ key }) => `#cloud-config\n${JSON.stringify({ hostname: key })}\n`,
  });

  frontends.connections.allowAmong(["694/udp"], "which of them is active");
  api.connections.allowFrom(frontends, "requests");
}
