import { type Metric, quarterHour, tenMinutes, type Watched } from "./watched";

/** Errors in five minutes below which a share of requests says nothing: one visitor with one bad link is no incident. */
const errorsWorthCounting = 10;

/** An application load balancer, by the end of its ARN: `app/<name>/<id>`. */
export function watchedLoadBalancer(arnSuffix: string, { slowSeconds = 3 } = {}): Watched {
  const of = (name: string, statistic: string): Metric => ({
    ...{ namespace: "AWS/ApplicationELB", name, statistic },
    dimensions: { LoadBalancer: arnSuffix },
  });
  return {
    alarms: [
      {
        key: "errors",
        title: "Errors of the application, in percent",
        says: "More than 5 % of the requests are answered with an error of the application (5xx).",
        repair: "Read the application's log of these minutes; if a deployment came just before, go back.",
        of: {
          expression: `IF(errors > ${errorsWorthCounting}, 100 * errors / requests, 0)`,
          label: "Errors in percent",
          metrics: { errors: of("HTTPCode_Target_5XX_Count", "Sum"), requests: of("RequestCount", "Sum") },
        },
        ...{ comparison: "above", threshold: 5, ...tenMinutes, silence: "fine" },
      },
      {
        key: "refused",
        title: "Errors of the load balancer",
        says: "The load balancer itself answers with errors (502, 503, 504): nobody behind it takes the requests.",
        repair: "Look at the health of its targets, then at whether they are too few, too slow or stopped.",
        of: of("HTTPCode_ELB_5XX_Count", "Sum"),
        ...{ comparison: "above", threshold: errorsWorthCounting, ...tenMinutes, silence: "fine" },
      },
      {
        key: "slow",
        title: "Seconds that one answer in twenty takes",
        says: `One request in twenty takes longer than ${slowSeconds} seconds.`,
        repair: "Compare with the number of requests, the CPU of tasks or machines and the database's graphs.",
        of: of("TargetResponseTime", "p95"),
        ...{ comparison: "above", threshold: slowSeconds, ...quarterHour, silence: "fine" },
      },
    ],
    graphs: [{ title: "Requests", metrics: [of("RequestCount", "Sum"), of("HTTPCode_Target_4XX_Count", "Sum")] }],
  };
}

/** Those who answer for a load balancer, by the ends of both ARNs. */
export function watchedTargets(targetGroup: string, loadBalancer: string): Watched {
  const of = (name: string, statistic: string): Metric => ({
    ...{ namespace: "AWS/ApplicationELB", name, statistic },
    dimensions: { TargetGroup: targetGroup, LoadBalancer: loadBalancer },
  });
  return {
    alarms: [
      {
        key: "unhealthy",
        title: "Unhealthy targets",
        says: "For a quarter of an hour at least one target has not answered its health check.",
        repair: "Find it with aws elbv2 describe-target-health and read its log; what replaces it may fail as well.",
        of: of("UnHealthyHostCount", "Maximum"),
        ...{ comparison: "above", threshold: 0, ...quarterHour, silence: "fine" },
      },
      {
        key: "nobody",
        title: "Healthy targets",
        says: "No target is healthy: visitors get nothing.",
        repair: "Look at what stopped last, a deployment, a machine or the database, and bring that back first.",
        of: of("HealthyHostCount", "Maximum"),
        // The load balancer counts every minute while it has targets: silence is none.
        ...{ comparison: "below", threshold: 1, period: 60, periods: 3, silence: "alarm" },
      },
    ],
    graphs: [],
  };
}
