import { type Metric, quarterHour, type Watched } from "./watched";

/** A NAT gateway. */
export function watchedNat(gatewayId: string): Watched {
  const of = (name: string): Metric => ({
    ...{ namespace: "AWS/NATGateway", name, statistic: "Sum", dimensions: { NatGatewayId: gatewayId } },
  });
  return {
    alarms: [
      {
        key: "ports",
        title: "Connections without a port",
        says: "The NAT gateway had no port left for new connections to one destination: some were refused.",
        repair: "Find who opens so many connections without reusing them, or give the gateway more addresses.",
        of: of("ErrorPortAllocation"),
        ...{ comparison: "above", threshold: 0, ...quarterHour, silence: "fine" },
      },
    ],
    graphs: [{ title: "Bytes by NAT", metrics: [of("BytesOutToDestination"), of("BytesInFromDestination")] }],
  };
}

/** Tunnels of a VPN, by their outside addresses. The VPN has alarms of its own. */
export function watchedTunnels(outsideAddresses: readonly string[]): Watched {
  const metrics = outsideAddresses.map(
    (TunnelIpAddress): Metric => ({
      ...{ namespace: "AWS/VPN", name: "TunnelState", statistic: "Maximum", dimensions: { TunnelIpAddress } },
    }),
  );
  return { alarms: [], graphs: [{ title: "Tunnels that are up", metrics }] };
}
