import type { Route } from "../../src/core/listener-rules";

/** When a machine counts as healthy to the load balancer. */
export interface TargetHealth {
  /**
   * What the load balancer asks for, over and over: something that changes nothing and needs no other service, or one
   * that fails elsewhere takes all machines out.
   * @default "/healthz"
   */
  readonly path?: string;
  /**
   * HTTP status codes of a healthy answer: one, a list or a range.
   * @default "200"
   */
  readonly matcher?: string;
  /** @default 15 */
  readonly intervalSeconds?: number;
  /** Less than `intervalSeconds`. @default 5 */
  readonly timeoutSeconds?: number;
  /** @default 2 */
  readonly healthyThreshold?: number;
  /** @default 2 */
  readonly unhealthyThreshold?: number;
}

export interface TargetGroupProps {
  /** Name of the system and its environment, such as `guestbook-dev`: first part of the name in AWS. */
  readonly name: string;
  /** The VPC of the machines. Another one makes another group beside this one. */
  readonly vpcId: string;
  /**
   * Address range of that VPC, as plain text. Where `vpcId` is known only after apply, the name of the group tells one VPC from
   * its successor by this range: without it, or for a successor with the same range, AWS refuses the second group of the name.
   * @default - none
   */
  readonly vpcCidr?: string;
  /** TCP port that the machines answer on, in plain HTTP. Another port makes another group beside this one. */
  readonly port: number;
  /** The load balancer's listener that the rule belongs to. */
  readonly listener: { readonly arn: string };
  /**
   * Which requests the machines answer.
   * @default - all of them
   */
  readonly route?: Route;
  /** @default - `/healthz` answers 200, asked every 15 seconds; out after two failures, in after two successes */
  readonly health?: TargetHealth;
  /**
   * Seconds that a machine which leaves has for its open requests, 0 to 3600.
   * @default 30
   */
  readonly deregistrationSeconds?: number;
}

/** The props with every default filled in. */
export type Settings = Required<Omit<TargetGroupProps, "health" | "vpcCidr">> &
  Pick<TargetGroupProps, "vpcCidr"> & { readonly health: Required<TargetHealth> };

export function settle(props: TargetGroupProps): Settings {
  const { path = "/healthz", matcher = "200", intervalSeconds = 15, timeoutSeconds = 5 } = props.health ?? {};
  const { healthyThreshold = 2, unhealthyThreshold = 2 } = props.health ?? {};
  return {
    ...props,
    route: props.route ?? {},
    health: { path, matcher, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold },
    deregistrationSeconds: props.deregistrationSeconds ?? 30,
  };
}
