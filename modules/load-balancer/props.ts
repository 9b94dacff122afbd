import type { Placement } from "../../src/core/placement";
import type { OnRemoval } from "../../src/core/removal";

export interface LoadBalancerProps {
  /** Name in AWS. Longer than 32 characters, it is cut and ends in a hash. Renaming replaces the load balancer. */
  readonly name: string;
  /** The public subnets of at least two zones; those of an internal one may be private. */
  readonly placement: Placement;
  /**
   * Whether it has private addresses only. A change replaces the load balancer, and AWS refuses the second of a name: take another one.
   * @default false
   */
  readonly internal?: boolean;
  /**
   * ARN of an ACM certificate of this region. Requests then come by HTTPS, and plain HTTP is redirected to it. Giving one
   * later moves the services' rules to the new listener: they answer nothing for the seconds in between.
   * @default - none: plain HTTP on port 80
   */
  readonly certificateArn?: string;
  /**
   * With `keep`, AWS refuses to delete the load balancer.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
  /**
   * Seconds without a byte after which a connection is closed, 1 to 4000.
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Seconds that one answer in twenty may take before there is an alarm, where there are alarms.
   * @default 3
   */
  readonly slowSeconds?: number;
  /**
   * Bucket of this region that gets a line per request, and the folder in it. Elastic Load Balancing must be allowed to write there
   * when it is told so, as it tries at once: see `AccessLogBucket`. Turn them off at the load balancer before leaving this out.
   * @default - no access logs
   */
  readonly accessLogs?: { readonly bucket: string; readonly prefix?: string };
}
