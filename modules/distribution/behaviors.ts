import type { CloudfrontDistributionOrderedCacheBehavior } from "@cdktf/provider-aws/lib/cloudfront-distribution";

/** Policies that AWS keeps, by ids that are the same in every account: cache nothing; hand on all that the visitor sent. */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";

/** Cookies by which WordPress knows somebody: whoever has one gets pages of their own. */
export const personalCookies = ["wordpress_logged_in_*", "wordpress_sec_*", "wp-postpass_*", "comment_author_*"];

/** Headers that a page may differ by, and that WordPress needs to make its own addresses. */
export const pageHeaders = ["Host", "Origin", "CloudFront-Forwarded-Proto"];

/** Paths that are never kept: who asks there changes something, or is told what is theirs. The first that fits counts. */
const live = ["/wp-admin/*", "/wp-login.php", "*.php", "/wp-json/*"];
/** Paths of files, whose addresses change when they do. */
const lasting = ["/wp-content/*", "/wp-includes/*"];

const reading = ["GET", "HEAD", "OPTIONS"];
const all = [...reading, "PUT", "POST", "PATCH", "DELETE"];

interface Policies {
  readonly targetOriginId: string;
  /** Of pages. */
  readonly pages: { readonly cachePolicyId: string; readonly originRequestPolicyId: string };
  /** Of files. */
  readonly filesPolicyId: string;
  readonly responseHeadersPolicyId: string;
}

/** How requests are answered, by path: from the edge, or by WordPress. */
export function behaviorsOf({ targetOriginId, pages, filesPolicyId, responseHeadersPolicyId }: Policies) {
  const common = {
    ...{ targetOriginId, responseHeadersPolicyId, compress: true },
    viewerProtocolPolicy: "redirect-to-https",
    cachedMethods: ["GET", "HEAD"],
  };
  const byPath: CloudfrontDistributionOrderedCacheBehavior[] = [
    ...live.map((pathPattern) => ({
      ...{ ...common, pathPattern, allowedMethods: all },
      ...{ cachePolicyId: cachingDisabled, originRequestPolicyId: allViewer },
    })),
    ...lasting.map((pathPattern) => ({
      ...{ ...common, pathPattern, allowedMethods: reading, cachePolicyId: filesPolicyId },
      originRequestPolicyId: pages.originRequestPolicyId,
    })),
  ];
  return {
    defaultCacheBehavior: { ...common, ...pages, allowedMethods: all },
    orderedCacheBehavior: byPath,
  };
}
