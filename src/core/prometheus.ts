import { jsonAsYaml } from "./cloud-config";
import type { DaemonContainer } from "./daemon-container";

/** Images of the two containers, by which a newer one comes in one line. */
export const prometheusImages = {
  // From 0.43 on it understands cgroup v2, which Amazon Linux 2023 has; from 0.54 on it is published here.
  cadvisor: "ghcr.io/google/cadvisor:v0.56.2",
  collector: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3",
} as const;

const port = 8080;

/** What is kept of cAdvisor's hundreds of metrics: every sample is billed. */
export const keptMetrics = [
  ...["container_cpu_usage_seconds_total", "container_memory_working_set_bytes", "container_spec_memory_limit_bytes"],
  ...["container_oom_events_total", "container_start_time_seconds"],
  ...["container_network_receive_bytes_total", "container_network_transmit_bytes_total"],
  ...["machine_cpu_cores", "machine_memory_bytes"],
] as const;

const ecsLabels = ["cluster", "container-name", "task-definition-family"].map((label) => `com.amazonaws.ecs.${label}`);

/** What cAdvisor leaves out because nothing of it is kept. */
const unmeasured = ["advtcp", "cpu_topology", "disk", "diskIO", "hugetlb", "percpu", "process", "referenced_memory"];

export interface CollectorProps {
  readonly region: string;
  /** Where samples are written, ending in `/api/v1/remote_write`. */
  readonly remoteWriteUrl: string;
  /** Name of the cluster: a label of every sample. */
  readonly cluster: string;
  readonly intervalSeconds: number;
}

/**
 * The settings of AWS's distribution of the OpenTelemetry collector, which is JSON here and YAML to it.
 *
 * Every machine has the same target, a neighbour by the name of `cadvisor`: the ARN of the collector's own task, which the
 * detector adds, tells their samples apart.
 */
export function collectorSettings({ region, remoteWriteUrl, cluster, intervalSeconds }: CollectorProps): object {
  const relabeled = [{ source_labels: ["__name__"], regex: keptMetrics.join("|"), action: "keep" }];
  const scrape = {
    job_name: "cadvisor",
    scrape_interval: `${intervalSeconds}s`,
    static_configs: [{ targets: [`cadvisor:${port}`], labels: { cluster } }],
    metric_relabel_configs: relabeled,
  };
  return {
    extensions: { sigv4auth: { region, service: "aps" } },
    receivers: { prometheus: { config: { scrape_configs: [scrape] } } },
    processors: { resourcedetection: { detectors: ["ecs"] }, batch: {} },
    exporters: {
      prometheusremotewrite: {
        endpoint: remoteWriteUrl,
        auth: { authenticator: "sigv4auth" },
        resource_to_telemetry_conversion: { enabled: true },
      },
    },
    service: {
      extensions: ["sigv4auth"],
      pipelines: {
        metrics: {
          ...{ receivers: ["prometheus"], processors: ["resourcedetection", "batch"] },
          exporters: ["prometheusremotewrite"],
        },
      },
    },
  };
}

/**
 * cAdvisor and the collector, side by side on every machine. cAdvisor listens to its neighbour alone.
 *
 * It is not privileged, but reads Docker's socket, by which one may do anything on the machine: nothing else is linked to it.
 */
export function prometheusContainers(props: CollectorProps): DaemonContainer[] {
  return [
    {
      ...{ name: "cadvisor", image: prometheusImages.cadvisor, cpu: 64, memoryMib: 192 },
      command: [
        ...["--docker_only=true", "--store_container_labels=false"],
        `--whitelisted_container_labels=${ecsLabels.join(",")}`,
        `--housekeeping_interval=${Math.max(10, Math.floor(props.intervalSeconds / 2))}s`,
        `--disable_metrics=${unmeasured.join(",")}`,
      ],
      reads: { "/rootfs": "/", "/var/run": "/var/run", "/sys": "/sys", "/var/lib/docker": "/var/lib/docker" },
    },
    {
      ...{ name: "collector", image: prometheusImages.collector, cpu: 64, memoryMib: 192 },
      environment: { AOT_CONFIG_CONTENT: JSON.stringify(collectorSettings(props)) },
      links: ["cadvisor"],
    },
  ];
}

/** What each of them takes of a machine. */
export const prometheusTakes = { cpu: 128, memoryMib: 384 } as const;

const byContainer = 'container_label_com_amazonaws_ecs_container_name!=""';

/** Alerts on containers that CloudWatch cannot see: it knows services, and machines. */
export function alertRules(): string {
  const rule = (alert: string, expr: string, forMinutes: number, summary: string) => ({
    ...{ alert, expr, for: `${forMinutes}m`, labels: { severity: "warning" }, annotations: { summary } },
  });
  const rules = [
    rule(
      "ContainerKilledForItsMemory",
      `increase(container_oom_events_total{${byContainer}}[10m]) > 0`,
      0,
      "A container wanted more memory than it may have and was killed. Raise memoryMib, or look for a leak.",
    ),
    rule(
      "ContainerNearItsMemory",
      `container_memory_working_set_bytes{${byContainer}} / (container_spec_memory_limit_bytes > 0) > 0.9`,
      15,
      "For a quarter of an hour a container has used more than 90 % of its memory. At 100 % it is killed.",
    ),
    rule(
      "MachineMemoryNearlyTaken",
      `sum by (aws_ecs_task_arn) (container_memory_working_set_bytes{${byContainer}}) / sum by (aws_ecs_task_arn) (machine_memory_bytes) > 0.9`,
      15,
      "Containers use more than 90 % of the memory of a machine. Take a larger type, or give tasks less.",
    ),
    rule(
      "NoSamples",
      'absent(up{job="cadvisor"})',
      15,
      "No machine has sent a sample for a quarter of an hour. Read the log of the collector.",
    ),
  ];
  return jsonAsYaml({ groups: [{ name: "containers", rules }] });
}

/** Passes alerts on to a topic, those of a kind together, and says again after half a day what still is so. */
export function alertManager(topicArn: string, region: string): string {
  const config = {
    route: {
      ...{
        receiver: "on-call",
        group_by: ["alertname"],
        group_wait: "30s",
        group_interval: "5m",
        repeat_interval: "12h",
      },
    },
    receivers: [
      {
        name: "on-call",
        sns_configs: [
          { topic_arn: topicArn, sigv4: { region }, send_resolved: true, subject: "{{ .CommonLabels.alertname }}" },
        ],
      },
    ],
  };
  // AWS wants the settings as a text within the text.
  return jsonAsYaml({ alertmanager_config: jsonAsYaml(config) });
}
