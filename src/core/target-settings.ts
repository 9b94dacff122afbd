/** When the load balancer takes a target for healthy. */
export interface HealthSettings {
  readonly path: string;
  readonly matcher: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** A health check as a target group of machines or tasks takes it: over plain HTTP, on the port that carries requests. */
export function healthCheckOf({ path, matcher, intervalSeconds, timeoutSeconds, ...thresholds }: HealthSettings) {
  const { healthyThreshold, unhealthyThreshold } = thresholds;
  return {
    ...{ enabled: true, port: "traffic-port", protocol: "HTTP", path, matcher },
    ...{ interval: intervalSeconds, timeout: timeoutSeconds, healthyThreshold, unhealthyThreshold },
  };
}

/** Which requests a listener rule takes: those for a host, those for a path, or both. All of them, where neither is named. */
export function conditionsOf({ host, path }: { readonly host?: string; readonly path?: string }) {
  const wanted = path ?? (host === undefined ? "/*" : undefined);
  return [
    ...(host === undefined ? [] : [{ hostHeader: { values: [host] } }]),
    ...(wanted === undefined ? [] : [{ pathPattern: { values: [wanted] } }]),
  ];
}
