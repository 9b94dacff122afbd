import { type Metric, quarterHour, tenMinutes, type Watched } from "./watched";

/** Microseconds that a client may wait for a connection, on average. */
const longestWait = 1_000_000;

/**
 * An RDS Proxy before one writable server. Each of its own machines reports for itself, so that numbers of connections are added up. Some
 * metrics are not there before the first client has come: silence says nothing.
 */
export function watchedProxy(ProxyName: string): Watched {
  const of = (name: string, statistic: string, more: Readonly<Record<string, string>> = {}): Metric => ({
    ...{ namespace: "AWS/RDS", name, statistic, dimensions: { ProxyName, ...more } },
  });
  return {
    alarms: [
      {
        key: "unavailable",
        title: "Time that the database was there, in percent",
        says: "The proxy has not reached the database for most of ten minutes: clients wait, then are refused.",
        repair: "See whether the database runs; then whether the proxy may read its secret, in the proxy's log.",
        of: of("AvailabilityPercentage", "Average", { TargetGroup: "default", TargetRole: "READ_WRITE" }),
        ...{ comparison: "below", threshold: 50, ...tenMinutes, silence: "fine" },
      },
      {
        key: "waiting",
        title: "Microseconds until a client has a connection",
        says: "Clients of the proxy wait for more than a second, on average, until it has a connection for them.",
        repair: "Look for transactions that stay open; raise connectionsPercent, or take a larger class of database.",
        of: of("DatabaseConnectionsBorrowLatency", "Average"),
        ...{ comparison: "above", threshold: longestWait, ...quarterHour, silence: "fine" },
      },
      {
        key: "connections",
        title: "Connections in use, in percent of the most",
        says: "More than 80 % of the connections that the proxy may have are in use at the same time.",
        repair: "Look for slow queries and open transactions first; then take a larger class of database.",
        of: {
          expression: "100 * borrowed / allowed",
          label: "Connections in percent",
          metrics: {
            borrowed: of("DatabaseConnectionsCurrentlyBorrowed", "Sum"),
            allowed: of("MaxDatabaseConnectionsAllowed", "Sum"),
          },
        },
        ...{ comparison: "above", threshold: 80, ...quarterHour, silence: "fine" },
      },
      {
        key: "refused",
        title: "Clients refused",
        says: "The proxy refuses clients: they come with a password that is not the database's, or without TLS.",
        repair: "Tasks that started before the password was renewed have to start anew: redeploy the service.",
        of: of("ClientConnectionsSetupFailedAuth", "Sum"),
        ...{ comparison: "above", threshold: 10, ...tenMinutes, silence: "fine" },
      },
    ],
    graphs: [
      { title: "Clients and connections", metrics: [of("ClientConnections", "Sum"), of("DatabaseConnections", "Sum")] },
      {
        title: "Sessions that hold their connection",
        metrics: [of("DatabaseConnectionsCurrentlySessionPinned", "Sum")],
      },
    ],
  };
}
