import type { TerraformProvider } from "cdktf";
import type { OnRemoval } from "../../src/core/removal";

export interface DistributionProps {
  /** Name of the system, its environment and its entrance, such as `wordpress-production-public`: first part of names in AWS. */
  readonly name: string;
  /** Full names that visitors use. Records have to lead to the distribution; AWS gives a name to one distribution only. */
  readonly names: readonly string[];
  /** Certificate for these names, made in us-east-1. */
  readonly certificateArn: string;
  /**
   * Load balancer that answers for what the edge does not have. It is an internal one: no address of it is in the internet, so that
   * nobody gets past the distribution, and there is no secret between the two. It speaks HTTPS for the same names.
   */
  readonly origin: { readonly arn: string; readonly dnsName: string };
  /** The provider of us-east-1, where CloudFront keeps its logs. */
  readonly provider: TerraformProvider;
  /**
   * A web ACL of scope CLOUDFRONT.
   * @default - none
   */
  readonly webAclArn?: string;
  /**
   * Seconds that the edge keeps a page of which WordPress says nothing else, 0 to 86400: a new post is seen that much later by who is
   * not logged in.
   * @default 60
   */
  readonly pageSeconds?: number;
  /**
   * Where the edge is: `nearest` is North America and Europe, `most` adds Asia, Africa and the Middle East, `all` is everywhere. A
   * request from elsewhere takes a longer way.
   * @default "nearest"
   */
  readonly reach?: "nearest" | "most" | "all";
  /**
   * Days that access logs are kept, 1 to 3650, in a bucket of their own in us-east-1. They hold addresses of visitors.
   * @default - no access logs
   */
  readonly logDays?: number;
  /**
   * Whether the bucket of the logs may go.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}
