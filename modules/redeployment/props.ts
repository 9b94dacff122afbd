export interface RedeploymentProps {
  /** Name in AWS of everything that this consists of: that of the service, such as `wordpress-dev-shop`. */
  readonly name: string;
  /** Region of the service and of its secrets: AWS tells each region about its own secrets only. */
  readonly region: string;
  /** Full ARNs of the secrets that the service's tasks read when they start. */
  readonly secretArns: readonly string[];
  /** Cluster that the service belongs to. */
  readonly cluster: { readonly arn: string };
  readonly service: {
    /** Name of the ECS service in the cluster. */
    readonly name: string;
    /** @default - put together from the cluster's ARN and the name */
    readonly arn?: string;
  };
}
