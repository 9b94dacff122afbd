import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import type { OnRemoval } from "../../src/core/removal";
import { lifecyclePolicy, mostTags } from "./lifecycle-policy";

export interface ContainerRegistryProps {
  /** Name of the repository, e.g. `shop/api`. Another name is another repository, without the images. */
  readonly repository: string;
  /**
   * Tags that run somewhere: their images never expire, however many newer ones are pushed. ECR does not know what runs.
   * @default - none: an image in use expires when `keepImages` newer ones are pushed and none of them replaces it
   */
  readonly inUse?: readonly string[];
  /**
   * Newest tagged images to keep, besides those in use: how far one can roll back. 5 or more.
   * @default 30
   */
  readonly keepImages?: number;
  /**
   * Whether the images may go. While the registry is in the code, Terraform refuses to plan its end or replacement; when it
   * is removed from the code, ECR still refuses to delete a repository that has images.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * A private repository of container images. A tag, once pushed, means the same image for ever: pushing it again fails.
 * Each image is scanned when it arrives. What lost its tag goes after two weeks.
 */
export class ContainerRegistry extends Construct {
  /** What to push to and pull from, without a tag: `111122223333.dkr.ecr.….amazonaws.com/shop/api`. Known after apply. */
  readonly url: string;
  readonly arn: string;
  /** The name given. */
  readonly repository: string;

  constructor(scope: Construct, id: string, props: ContainerRegistryProps) {
    super(scope, id);
    const { repository, inUse = [], keepImages = 30, onRemoval = "keep" } = props;
    check(this, repository, inUse, keepImages);

    const { repositoryUrl, arn, name } = new EcrRepository(this, "repository", {
      name: repository,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      // It can never change, so it is written down rather than left to a default.
      encryptionConfiguration: [{ encryptionType: "AES256" }],
      forceDelete: onRemoval === "destroy",
      lifecycle: onRemoval === "keep" ? { preventDestroy: true } : undefined,
    });
    new EcrLifecyclePolicy(this, "expiry", { repository: name, policy: lifecyclePolicy(inUse, keepImages) });

    this.url = repositoryUrl;
    this.arn = arn;
    this.repository = repository;
  }
}

function check(at: Construct, repository: string, inUse: readonly string[], keepImages: number): void {
  const words = "[a-z0-9]+(?:[._-][a-z0-9]+)*";
  if (!new RegExp(`^${words}(?:/${words})*$`).test(repository) || repository.length < 2 || repository.length > 256) {
    throw new InvalidProps(at, {
      prop: "repository",
      got: repository,
      want: "2 to 256 lower-case letters and digits, with single . _ - or / between them",
      fix: "write it such as shop/api, without a host or a tag",
    });
  }
  const wrong = inUse.find((tag) => !/^\w[\w.-]{0,127}$/.test(tag));
  if (wrong !== undefined) {
    throw new InvalidProps(at, {
      prop: "inUse",
      got: wrong,
      want: "tags: 1 to 128 letters, digits, _ . and -",
      fix: "leave out the repository and the colon, such as 2.4.1",
    });
  }
  if (new Set(inUse).size > mostTags) {
    throw new InvalidProps(at, {
      prop: "inUse",
      got: inUse.length,
      want: `at most ${mostTags} tags, as ECR has no more rules`,
      fix: "give each service a registry of its own",
    });
  }
  if (!Number.isInteger(keepImages) || keepImages < 5) {
    throw new InvalidProps(at, {
      prop: "keepImages",
      got: keepImages,
      want: "a whole number of 5 or more",
      fix: "leave room to roll back: a few builds that are not deployed would push out the image to return to",
    });
  }
}
