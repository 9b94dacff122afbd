import type { Json } from "../../support/stacks";

/** `1m30s`, as Go writes it, in nanoseconds, as Docker's API wants it. */
export function nanoseconds(duration: string): number {
  const units: Record<string, number> = { h: 3600e9, m: 60e9, s: 1e9, ms: 1e6 };
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(duration)) throw new Error(`not a duration as Go writes it: ${duration}`);
  return [...duration.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit!]!,
    0,
  );
}

const list = (value: unknown): Json[] => [value ?? []].flat() as Json[];
const labels = (value: unknown) => Object.fromEntries(list(value).map(({ label, value }) => [label, value]));
const megabyte = 1024 ** 2;

/** What the Docker provider sends for a container whose references are resolved. */
export function containerRequest(body: Json): Json {
  const { healthcheck, capabilities, ports, mounts } = body;
  const [health] = list(healthcheck);
  const key = (port: Json) => `${port.internal}/${port.protocol ?? "tcp"}`;
  return {
    Image: body.image,
    ...(body.command && { Cmd: body.command }),
    ...(body.entrypoint && { Entrypoint: body.entrypoint }),
    Env: body.env ?? [],
    User: body.user ?? "",
    Labels: labels(body.labels),
    ...(body.stop_timeout !== undefined && { StopTimeout: body.stop_timeout }),
    ...(health && { Healthcheck: healthRequest(health) }),
    ExposedPorts: Object.fromEntries(list(ports).map((port) => [key(port), {}])),
    HostConfig: {
      Init: body.init ?? false,
      RestartPolicy: { Name: body.restart ?? "no" },
      LogConfig: { Type: body.log_driver ?? "json-file", Config: body.log_opts ?? {} },
      Memory: (body.memory ?? 0) * megabyte,
      MemorySwap: (body.memory_swap ?? 0) * megabyte,
      CpuShares: body.cpu_shares ?? 0,
      ReadonlyRootfs: body.read_only ?? false,
      Tmpfs: body.tmpfs ?? {},
      SecurityOpt: body.security_opts ?? [],
      CapDrop: list(capabilities).flatMap(({ drop }) => drop ?? []),
      CapAdd: list(capabilities).flatMap(({ add }) => add ?? []),
      PortBindings: Object.fromEntries(
        list(ports).map((port) => [key(port), [{ HostIp: port.ip, HostPort: String(port.external) }]]),
      ),
      Mounts: list(mounts).map(({ type, source, target, read_only: ReadOnly = false }) => ({
        ...{ Type: type, Source: source, Target: target, ReadOnly },
      })),
      NetworkMode: body.network_mode ?? "default",
    },
  };
}

/** Networks that a container is in, with its names there. The provider takes it out of the default one, then puts it into these. */
export const networksOf = ({ networks_advanced: networks }: Json): { name: string; aliases: string[] }[] =>
  list(networks).map(({ name, aliases = [] }) => ({ name, aliases }));

function healthRequest({ test, interval, timeout, start_period, start_interval, retries }: Json): Json {
  const given = { Interval: interval, Timeout: timeout, StartPeriod: start_period, StartInterval: start_interval };
  const times = Object.entries(given).flatMap(([name, duration]) => (duration ? [[name, nanoseconds(duration)]] : []));
  return { Test: test, Retries: retries ?? 0, ...Object.fromEntries(times) };
}

/** Labels of a network or volume. */
export const labelsOf = ({ labels: given }: Json) => labels(given);
