import { TerraformOutput, type TerraformStack } from "cdktf";
import { FlatNetwork, Network } from ".";

/** Three zones with their own way out, a tier for databases that has none, and AWS APIs that are reached inside the network. */
export function example(stack: TerraformStack) {
  const network = new Network(stack, "network", {
    name: "shop-production",
    region: "eu-west-1",
    cidr: "10.190.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    nat: "per-zone",
    dataTier: true,
    endpoints: ["ecr.api", "ecr.dkr", "logs", "secretsmanager"],
    flowLogDays: 365,
  });

  // Partners who admit callers by address need these.
  new TerraformOutput(stack, "nat_addresses", { value: network.natAddresses });

  // The small form: one subnet for all, and a second range for a database that AWS runs across zones.
  const flat = new FlatNetwork(stack, "flat", {
    name: "blog",
    region: "eu-west-1",
    cidr: "10.0.0.0/24",
    zone: "eu-west-1a",
    data: { cidr: "10.2.0.0/24", zones: ["eu-west-1a", "eu-west-1b"] },
    endpoints: ["secretsmanager"],
  });
  new TerraformOutput(stack, "blog_subnets", { value: flat.placement.subnetIds });
}
