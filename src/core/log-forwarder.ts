import type { DaemonContainer } from "./daemon-container";

/** Image of Fluent Bit, by which a newer one comes in one line. */
export const forwarderImage = "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.0.1";

/** Port of the machine that Docker's log driver `fluentd` writes to. No security group opens it. */
export const forwarderPort = 24_224;

/** What it takes of each machine. */
export const forwarderTakes = { cpu: 64, memoryMib: 128 } as const;

export interface ForwarderProps {
  readonly region: string;
  /** Host of the OpenSearch domain, without a scheme. */
  readonly searchHost: string;
  /** Beginning of the indexes' names: one of each day is made, `<prefix>-2026.11.28`. */
  readonly indexPrefix: string;
  /** Who writes, by tag, and to which log group of CloudWatch each line goes as well. */
  readonly logGroups: Readonly<Record<string, string>>;
}

/**
 * Fluent Bit on every machine. Containers write to it by Docker's log driver, each line with the tag of its service; it passes
 * them on to the service's log group, as without it, and to the search.
 *
 * Everything it has to know stands in its command, so that a change is a new revision of its task. Lines that nobody takes wait in
 * memory, up to 16 MiB; then new ones are lost, and nobody who writes has to wait.
 */
export function logForwarder({ region, searchHost, indexPrefix, logGroups }: ForwarderProps): DaemonContainer {
  const options = (values: Readonly<Record<string, string | number>>) =>
    Object.entries(values).flatMap(([key, value]) => ["-p", `${key}=${value}`]);
  const input = { listen: "0.0.0.0", port: forwarderPort, mem_buf_limit: "16M" };
  const toGroups = Object.entries(logGroups).flatMap(([tag, log_group_name]) => [
    ...["-o", "cloudwatch_logs", "-m", tag],
    ...options({ region, log_group_name, log_stream_prefix: "containers/", log_key: "log" }),
  ]);
  const search = {
    ...{ host: searchHost, port: 443, tls: "on", aws_auth: "on", aws_region: region, suppress_type_name: "on" },
    ...{
      logstash_format: "on",
      logstash_prefix: indexPrefix,
      include_tag_key: "on",
      tag_key: "service",
      retry_limit: 5,
    },
  };
  return {
    ...{ name: "forwarder", image: forwarderImage, ...forwarderTakes },
    entryPoint: ["/fluent-bit/bin/fluent-bit"],
    command: ["-i", "forward", ...options(input), ...toGroups, "-o", "opensearch", "-m", "*", ...options(search)],
    hostPort: forwarderPort,
  };
}

/** How a container writes to it. What cannot be passed on waits beside the container, and never makes it wait. */
export const toForwarder = (tag: string) => ({
  logDriver: "fluentd",
  options: { "fluentd-address": `127.0.0.1:${forwarderPort}`, "fluentd-async": "true", tag },
});
