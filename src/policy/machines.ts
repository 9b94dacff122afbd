import { type Block, blocks } from "../core/terraform-json";
import type { Doc, Entry } from "./doc";

export const machineTypes = ["aws_launch_template", "aws_instance"] as const;

/** The launch templates that an Auto Scaling group names, also those inside a mixed instances policy. */
export function launchTemplatesOf({ body }: Entry): readonly Block[] {
  const mixed = blocks(body.mixed_instances_policy).flatMap(({ launch_template }) => blocks(launch_template));
  return [
    ...blocks(body.launch_template),
    ...mixed.flatMap(({ launch_template_specification }) => blocks(launch_template_specification)),
    ...mixed.flatMap(({ override }) => blocks(override).flatMap((one) => blocks(one.launch_template_specification))),
  ];
}

/** Whether a load balancer sends requests to the machines of a group. */
export function isBehindLoadBalancer(doc: Doc, group: Entry): boolean {
  const { target_group_arns, load_balancers, traffic_source } = group.body;
  return (
    [target_group_arns, load_balancers].some((given) =>
      Array.isArray(given) ? given.length > 0 : given !== undefined,
    ) ||
    blocks(traffic_source).length > 0 ||
    doc.referrers(group, "aws_autoscaling_attachment").length > 0
  );
}
