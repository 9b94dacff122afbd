import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { accept } from "../../src/core/accept";
import { InvalidProps } from "../../src/core/invalid-props";
import { planListenerRules } from "../../src/core/listener-rules";
import { generationName, nameLimits } from "../../src/core/names";
import { conditionsOf, healthCheckOf } from "../../src/core/target-settings";
import { watchedTargets } from "../../src/core/watched/load-balancers";
import type { Watchable } from "../../src/core/watched/watched";
import { complaints } from "./checks";
import { type Settings, settle, type TargetGroupProps } from "./props";

/**
 * Machines that share the requests of one rule of a load balancer, as long as they answer its health check.
 *
 * Single machines are registered one by one; a fleet registers its machines by itself, when it is given the ARN. The
 * machines' connections must let the load balancer in on the port, which carries the health check too.
 */
export class TargetGroup extends Construct {
  /** For a fleet, which registers whatever machines it has. Known only after apply. */
  readonly arn: string;
  /** `targetgroup/<name>/<hash>`, as metrics want it. Known only after apply. */
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const settings = settle(props);
    const service = `${props.name}-${id}`;
    for (const complaint of complaints(service, settings)) throw new InvalidProps(this, complaint);

    const group = this.group(settings, service);
    const { listener, route } = settings;
    new LbListenerRule(this, "rule", {
      listenerArn: listener.arn,
      priority: planListenerRules({ [service]: route }).priorities[service]!,
      action: [{ type: "forward", targetGroupArn: group.arn }],
      condition: conditionsOf(route),
      tags: { Name: service },
    });
    this.arn = group.arn;
    this.arnSuffix = group.arnSuffix;
  }

  /** What there is to watch of the machines, which only a load balancer sees. */
  behind(loadBalancer: { readonly arnSuffix: string }): Watchable {
    return { watched: watchedTargets(this.arnSuffix, loadBalancer.arnSuffix) };
  }

  /** Sends requests to a machine as well. `key` is a fixed word for the machine, and part of the address: no number of a list. */
  register(key: string, instanceId: string): void {
    new LbTargetGroupAttachment(this, `with-${key}`, { targetGroupArn: this.arn, targetId: instanceId });
  }

  private group(
    { vpcId, vpcCidr = "", port, health, deregistrationSeconds }: Settings,
    service: string,
  ): LbTargetGroup {
    // What AWS cannot change in place.
    const generation = { targetType: "instance", protocol: "HTTP", port };
    // The name of a value that is known only after apply changes from one synthesis to the next.
    const vpc = Token.isUnresolved(vpcId) ? vpcCidr : vpcId;
    const group = new LbTargetGroup(this, "group", {
      ...{ ...generation, vpcId },
      name: generationName([service], [generation, vpc], nameLimits.targetGroup),
      deregistrationDelay: `${deregistrationSeconds}`,
      // Pages differ in cost: the next request goes to whoever has the fewest to answer.
      loadBalancingAlgorithmType: "least_outstanding_requests",
      healthCheck: healthCheckOf(health),
      // A group with a rule cannot be deleted: its successor, with a name of its own, comes first.
      lifecycle: { createBeforeDestroy: true },
    });
    accept(group, "LB-05", "TLS ends at the load balancer; the way to the machines stays inside the VPC");
    return group;
  }
}
