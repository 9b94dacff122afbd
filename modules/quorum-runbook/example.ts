import { TerraformOutput, type TerraformStack } from "cdktf";
import { QuorumRunbook } from ".";

/** Three members of an ensemble, which tell by a program of theirs whether it is whole. */
export function example(stack: TerraformStack) {
  const runbook = new QuorumRunbook(stack, "zookeeper", {
    name: "shop-dev",
    region: "eu-west-1",
    description: "members of ZooKeeper",
    members: { "zk-1": "shop-dev-zk-1", "zk-2": "shop-dev-zk-2", "zk-3": "shop-dev-zk-3" },
    memberTag: "slipway:slot",
    healthCommand: ["/usr/local/lib/slipway/quorum-health", "zookeeper"],
    patienceMinutes: 30,
  });

  new TerraformOutput(stack, "replace-command", { value: runbook.command });
}
