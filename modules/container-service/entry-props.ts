/** When a task counts as healthy, to the load balancer and to ECS. */
export interface HealthProps {
  /** @default "/" */
  readonly path?: string;
  /**
   * HTTP status codes of a healthy answer: one, a list or a range.
   * @default "200-302"
   */
  readonly matcher?: string;
  /** @default 30 */
  readonly intervalSeconds?: number;
  /** @default 5 */
  readonly timeoutSeconds?: number;
  /** @default 2 */
  readonly healthyThreshold?: number;
  /** @default 3 */
  readonly unhealthyThreshold?: number;
  /**
   * Seconds after its start in which a task may be unhealthy: time to wait for its database.
   * @default 120
   */
  readonly graceSeconds?: number;
}

/** The count follows the load, between two bounds. At least one target. */
export interface ScalingProps {
  readonly min: number;
  readonly max: number;
  /**
   * Average CPU use to aim at, in percent of `cpu`.
   * @default - CPU use does not count
   */
  readonly cpuPercent?: number;
  /**
   * Average memory use to aim at, in percent of `memoryMib`.
   * @default - memory use does not count
   */
  readonly memoryPercent?: number;
  /**
   * Requests per minute and task to aim at.
   * @default - requests do not count
   */
  readonly requestsPerTarget?: number;
}
