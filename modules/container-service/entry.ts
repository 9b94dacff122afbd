import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { generationName, nameLimits } from "../../src/core/names";
import { conditionsOf, healthCheckOf } from "../../src/core/target-settings";
import type { Balanced, Settings } from "./settings";

export type EntryProps = Pick<Settings, "name" | "drainSeconds"> & Balanced;

/** How requests come in: the group that tasks register in, and the rule that sends requests to it. */
export class Entry extends Construct {
  readonly targets: LbTargetGroup;
  readonly rule: LbListenerRule;

  constructor(scope: Construct, id: string, { name, vpcId, listener, route, health, drainSeconds }: EntryProps) {
    super(scope, id);
    // What AWS cannot change in place. The port is a placeholder, since each task registers with a port of its own: the
    // container's port may change without a new group, hence without a moment in which the group is empty.
    const generation = { vpcId, targetType: "instance", protocol: "HTTP", port: 80 };
    this.targets = new LbTargetGroup(this, "targets", {
      ...generation,
      name: generationName([name], [resolved(this, generation)], nameLimits.targetGroup),
      deregistrationDelay: `${drainSeconds}`,
      // Pages differ in cost: the next request goes to whoever has the fewest to answer.
      loadBalancingAlgorithmType: "least_outstanding_requests",
      healthCheck: healthCheckOf(health),
      // A group with a rule cannot be deleted: its successor, with a name of its own, comes first.
      lifecycle: { createBeforeDestroy: true },
    });
    accept(this.targets, "LB-05", "TLS ends at the load balancer; the way to the machines stays inside the VPC");
    this.rule = new LbListenerRule(this, "rule", {
      listenerArn: listener.arn,
      priority: route.priority,
      action: [{ type: "forward", targetGroupArn: this.targets.arn }],
      condition: conditionsOf(route),
      tags: { Name: name },
    });
  }
}

/** With references as Terraform reads them: cdktf's own names for them change from one synthesis to the next. */
function resolved(scope: Construct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope: TerraformStack.of(scope), preparing: false, resolver });
}
