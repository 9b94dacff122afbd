/** The parts of an ARN that say whose it is. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
}

/** The parts of an ARN; nothing for other text. */
export function parseArn(text: string): Arn | undefined {
  const [, partition, service, region, account] =
    /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}):./.exec(text) ?? [];
  return account === undefined ? undefined : { partition: partition!, service: service!, region: region!, account };
}

/** How the ARNs of a regional service begin, for a regular expression. */
export const arnHead = (service: string) => `^arn:aws(?:-[a-z]+)*:${service}:[a-z]{2,}(?:-[a-z]+)+-\\d+:\\d{12}:`;

/** What an ARN of each kind looks like. Whether it belongs to the environment's region and account, the rules check. */
export const arnForms = {
  certificate: new RegExp(`${arnHead("acm")}certificate/[A-Za-z0-9-]+$`),
  key: new RegExp(`${arnHead("kms")}(key|alias)/[A-Za-z0-9/_-]+$`),
  /** As policies name a key: in them, an alias is none. */
  keyItself: new RegExp(`${arnHead("kms")}key/[A-Za-z0-9-]+$`),
  /** With the six characters that Secrets Manager adds: ECS takes no shorter form. */
  secret: new RegExp(`${arnHead("secretsmanager")}secret:[A-Za-z0-9/_+=.@!-]+-[A-Za-z0-9]{6}$`),
} as const;
