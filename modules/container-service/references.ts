/** A secret, or one value of a secret that is a JSON object. */
export interface SecretReference {
  /** ARN of the Secrets Manager secret. */
  readonly arn: string;
  /**
   * Key of the value to take.
   * @default - the whole text of the secret
   */
  readonly key?: string;
  /**
   * ARN of the KMS key of your own that the secret is encrypted with: without it, ECS cannot read the secret.
   * @default - AWS's key `aws/secretsmanager`, which needs no permission
   */
  readonly kmsKeyArn?: string;
}

/** A folder of a file system (EFS), by way of an access point. The machines must reach the file system. */
export interface SharedFiles {
  /** Path in the container, such as `/var/www/html/wp-content`. */
  readonly path: string;
  readonly fileSystem: { readonly fileSystemId: string; readonly arn: string };
  readonly accessPoint: { readonly accessPointId: string; readonly arn: string };
}
