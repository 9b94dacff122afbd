import type { TerraformProvider } from "cdktf";
import type { OnRemoval } from "../../src/core/removal";
import type { Group } from "./groups";

/** Requests from one address in five minutes, from which on further ones are refused for as long as it lasts. */
export interface Limit {
  /** Start of the path, such as `/wp-login.php`; lower and upper case are the same. */
  readonly path: string;
  /** 10 to 2000000000. */
  readonly requests: number;
}

export interface WebAclProps {
  /** Name in AWS, such as `wordpress-production-public`. Renaming replaces the ACL. */
  readonly name: string;
  /** Whom it protects: load balancers of its region, or distributions of CloudFront, from us-east-1. A change replaces it. */
  readonly scope: "REGIONAL" | "CLOUDFRONT";
  /**
   * Provider of the region: for CloudFront, that of us-east-1.
   * @default - the provider of the stack
   */
  readonly provider?: TerraformProvider;
  /**
   * Rules of AWS that requests have to pass.
   * @default - all that the module knows
   */
  readonly groups?: readonly Group[];
  /**
   * Limits of paths, by a fixed word each, which is part of the rule's name.
   * @default - none
   */
  readonly limits?: Readonly<Record<string, Limit>>;
  /**
   * Requests of all kinds from one address in five minutes.
   * @default - no limit
   */
  readonly requests?: number;
  /**
   * What happens to a request that a rule is against: `count` lets all through and writes down who would have been refused. Begin with
   * it, and look at the log for a week.
   * @default "block"
   */
  readonly mode?: "block" | "count";
  /**
   * Groups and words of limits that only count, while all others block: for new ones.
   * @default - none
   */
  readonly counted?: readonly string[];
  /**
   * Days that CloudWatch keeps the log of what was refused or counted; cookies and passwords are left out of it.
   * @default 30
   */
  readonly logDays?: number;
  /**
   * With `keep`, the log outlives the ACL.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}
