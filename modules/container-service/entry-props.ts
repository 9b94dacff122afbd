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

/** The count follows the load, between two bounds. At least one target, or a schedule. */
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
  /**
   * Other bounds from some moments on, by fixed words such as `morning`. Each holds until the next one comes:
   * what rises in the morning has to fall in the evening. With a schedule, `min` and `max` above are those of the start: AWS writes the schedule's over them, and an apply
   * does not write them back.
   * @default - the bounds stay
   */
  readonly schedule?: Readonly<Record<string, ScheduledBounds>>;
}

/** From when on there are other bounds. It costs nothing. */
export interface ScheduledBounds {
  /** `at(yyyy-mm-ddThh:mm:ss)` for once, or `cron(minutes hours day-of-month month day-of-week year)` in AWS's form. */
  readonly at: string;
  /**
   * Time zone of `at`, by its name such as `Europe/Paris`: it follows summer time.
   * @default "UTC"
   */
  readonly timeZone?: string;
  readonly min: number;
  readonly max: number;
}
