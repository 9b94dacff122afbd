import { partitionOf } from "./partition";

/** A repository of ECR. */
interface EcrRepository {
  readonly region: string;
  readonly arn: string;
}

/** Hosts of ECR by name, of its kinds: as ever, FIPS, and dual stack. */
const hosts = [
  /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.(?:com|com\.cn|eu)$/,
  /^(\d{12})\.dkr-ecr(?:-fips)?\.([a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn)$/,
];

/** Whether a host is meant to be one of ECR, however wrong it may be. */
export const meansEcr = (host: string) => /\.dkr[.-]ecr(-fips)?\./.test(host);

/** The repository that an image's reference leads to, such as `111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1.0.0`, if it is ECR's. */
export function ecrRepository(image: string): EcrRepository | undefined {
  const [host = "", ...path] = image.split("/");
  const name = /^[^:@]+/.exec(path.join("/"))?.[0];
  const found = hosts.map((form) => form.exec(host)).find((one) => one !== null);
  if (!found || !name) return undefined;
  const [, account, region = ""] = found;
  return { region, arn: `arn:${partitionOf(region)}:ecr:${region}:${account}:repository/${name}` };
}

/** An image and, where it is in ECR, the repository that may be pulled from. */
export function pulled(image: string): { readonly image: string; readonly repositoryArn?: string } {
  const repository = ecrRepository(image);
  return { image, ...(repository && { repositoryArn: repository.arn }) };
}
