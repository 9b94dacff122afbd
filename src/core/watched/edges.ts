import { type Metric, quarterHour, tenMinutes, type Watched } from "./watched";

/** Where CloudWatch has what is said of CloudFront, wherever its visitors are. */
export const edgeRegion = "us-east-1";

/** Errors in five minutes below which a share of requests says nothing. */
const errorsWorthCounting = 10;
/** Requests that a web ACL must have refused in five minutes: scanners knock everywhere, and a quiet site is nearly all scanners. */
const refusalsWorthCounting = 500;

/** A distribution of CloudFront. */
export function watchedDistribution(DistributionId: string): Watched {
  const of = (name: string, statistic: string): Metric => ({
    ...{ namespace: "AWS/CloudFront", name, statistic, dimensions: { DistributionId, Region: "Global" } },
  });
  return {
    region: edgeRegion,
    alarms: [
      {
        key: "errors",
        title: "Errors, in percent",
        says: "More than 5 % of what visitors ask the edge for is answered with an error of the server (5xx).",
        repair:
          "Look at the alarms of the load balancer: quiet, and the way to it is what fails, such as its certificate.",
        of: {
          expression: `IF(rate * requests > ${100 * errorsWorthCounting}, rate, 0)`,
          label: "Errors in percent",
          metrics: { rate: of("5xxErrorRate", "Average"), requests: of("Requests", "Sum") },
        },
        ...{ comparison: "above", threshold: 5, ...tenMinutes, silence: "fine" },
      },
    ],
    graphs: [
      { title: "Requests at the edge", metrics: [of("Requests", "Sum")] },
      { title: "Not found or refused, in percent", metrics: [of("4xxErrorRate", "Average")] },
    ],
  };
}

/** A web ACL, by the name of its metric. One of CloudFront's has no region among its dimensions. */
export function watchedWebAcl(WebACL: string, region: string | "CLOUDFRONT"): Watched {
  const atEdge = region === "CLOUDFRONT";
  const of = (name: string): Metric => ({
    ...{ namespace: "AWS/WAFV2", name, statistic: "Sum" },
    dimensions: { WebACL, Rule: "ALL", ...(!atEdge && { Region: region }) },
  });
  return {
    region: atEdge ? edgeRegion : undefined,
    alarms: [
      {
        key: "refused",
        title: "Requests refused, in percent",
        says: "The web ACL refuses more than half of all requests, and many: an attack, or a rule that takes visitors for one.",
        repair:
          "See in its log which rule and whom. A rule that errs goes into counted; an attack is what the ACL is for.",
        of: {
          expression: `IF(refused > ${refusalsWorthCounting}, 100 * refused / (refused + FILL(admitted, 0)), 0)`,
          label: "Refused in percent",
          metrics: { refused: of("BlockedRequests"), admitted: of("AllowedRequests") },
        },
        ...{ comparison: "above", threshold: 50, ...quarterHour, silence: "fine" },
      },
    ],
    graphs: [
      {
        title: "Requests admitted, counted and refused",
        metrics: [of("AllowedRequests"), of("CountedRequests"), of("BlockedRequests")],
      },
    ],
  };
}

/** A certificate of ACM. It says once a day how long it lasts. */
export function watchedCertificate(CertificateArn: string): Watched {
  return {
    alarms: [
      {
        key: "expiry",
        title: "Days until it expires",
        says: "The certificate expires within 30 days: ACM, which renews it weeks before, has not managed to.",
        repair:
          "See whether the records that prove its names are still in the zone, and the zone the one that is asked.",
        of: {
          ...{ namespace: "AWS/CertificateManager", name: "DaysToExpiry", statistic: "Minimum" },
          dimensions: { CertificateArn },
        },
        ...{ comparison: "below", threshold: 30, period: 86_400, periods: 1, silence: "fine" },
      },
    ],
    graphs: [],
  };
}
