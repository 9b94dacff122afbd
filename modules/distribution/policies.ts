import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy";
import { CloudfrontOriginRequestPolicy } from "@cdktf/provider-aws/lib/cloudfront-origin-request-policy";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import type { Construct } from "constructs";
import { pageHeaders, personalCookies } from "./behaviors";

const day = 86_400;
const year = 365 * day;

/**
 * What pages are told apart by. Nothing else reaches WordPress with them, so that no page is kept that was made for somebody
 * by what the key does not have.
 */
export function pagePolicies(scope: Construct, name: string, pageSeconds: number) {
  const cache = new CloudfrontCachePolicy(scope, "pages", {
    name: `${name}-pages`,
    comment: "Pages: apart by host, query and the cookies by which WordPress knows somebody",
    // WordPress says of pages of somebody that nobody may keep them, and that counts; of others it says nothing.
    ...{ minTtl: 0, defaultTtl: pageSeconds, maxTtl: day },
    parametersInCacheKeyAndForwardedToOrigin: {
      ...{ enableAcceptEncodingBrotli: true, enableAcceptEncodingGzip: true },
      cookiesConfig: { cookieBehavior: "whitelist", cookies: { items: personalCookies } },
      headersConfig: { headerBehavior: "whitelist", headers: { items: pageHeaders } },
      queryStringsConfig: { queryStringBehavior: "all" },
    },
  });
  const request = new CloudfrontOriginRequestPolicy(scope, "requests", {
    name: `${name}-requests`,
    comment: "What WordPress is told besides, and answers nobody differently by",
    cookiesConfig: { cookieBehavior: "none" },
    headersConfig: { headerBehavior: "whitelist", headers: { items: ["Referer", "User-Agent"] } },
    queryStringsConfig: { queryStringBehavior: "none" },
  });
  return { cachePolicyId: cache.id, originRequestPolicyId: request.id };
}

/** Files have no visitor. Their addresses end in a version, so that they may stay for long. */
export function filesPolicy(scope: Construct, name: string): string {
  return new CloudfrontCachePolicy(scope, "files", {
    name: `${name}-files`,
    comment: "Files: apart by host and query",
    ...{ minTtl: 0, defaultTtl: day, maxTtl: year },
    parametersInCacheKeyAndForwardedToOrigin: {
      ...{ enableAcceptEncodingBrotli: true, enableAcceptEncodingGzip: true },
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "whitelist", headers: { items: pageHeaders } },
      queryStringsConfig: { queryStringBehavior: "all" },
    },
  }).id;
}

/** Headers of every answer. Browsers then come by HTTPS for a year, to these names and not to those below them. */
export function headersPolicy(scope: Construct, name: string): string {
  return new CloudfrontResponseHeadersPolicy(scope, "headers", {
    name: `${name}-headers`,
    comment: "HTTPS only, no guessing of types, no frames of strangers",
    securityHeadersConfig: {
      strictTransportSecurity: { accessControlMaxAgeSec: year, includeSubdomains: false, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: "SAMEORIGIN", override: true },
      referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
    },
  }).id;
}
