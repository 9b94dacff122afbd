/** A repository of ECR. */
interface EcrRepository {
  readonly region: string;
  readonly arn: string;
}

/** The repository that an image's reference leads to, such as `111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1.0.0`, if it is ECR's. */
export function ecrRepository(image: string): EcrRepository | undefined {
  const found = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image);
  if (!found) return undefined;
  const [, account, region = "", name] = found;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return { region, arn: `arn:${partition}:ecr:${region}:${account}:repository/${name}` };
}
