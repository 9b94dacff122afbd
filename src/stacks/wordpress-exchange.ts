/** Where the platform of an environment leaves its values, and where its services look for them. */
export function wordpressExchange(environment: string): { path: string; from: string } {
  return { path: `/slipway/${environment}/wordpress`, from: `wordpress-platform-${environment}` };
}

/** What the platform tells its services, by key. */
export interface PlatformValues {
  readonly "vpc-id": string;
  readonly "cluster-arn": string;
  readonly "cluster-name": string;
  readonly "exec-log-group-arn": string;
  readonly "capacity-provider": string;
  readonly "registry-url": string;
  readonly "registry-arn": string;
  readonly "database-host": string;
  readonly "database-port": string;
  readonly "database-name": string;
  readonly "database-user": string;
  /** Where the password is, never the password. */
  readonly "database-secret-arn": string;
  /** Where the text is that signs cookies. */
  readonly "salt-secret-arn": string;
  /** Topic of the alarms, where somebody is to hear of them. */
  readonly "alarm-topic-arn"?: string;
  /** Key of the logs, where they have one of their own. */
  readonly "log-key-arn"?: string;
  /** The shared files, where the description has them. */
  readonly "files-id"?: string;
  readonly "files-arn"?: string;
  /** Listener that carries the services of a load balancer. */
  readonly [listener: `${string}-listener-arn`]: string;
  /** `app/<name>/<id>` of a load balancer, as its metrics are labelled. */
  readonly [loadBalancer: `${string}-load-balancer`]: string;
}

/** Whether a service names its image by a tag of the platform's registry, rather than by a full reference. */
export function isTag(image: string): boolean {
  return !/[/:@]/.test(image);
}
