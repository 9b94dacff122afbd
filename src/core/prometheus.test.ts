import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  alertManager,
  alertRules,
  collectorSettings,
  keptMetrics,
  prometheusContainers,
  prometheusTakes,
} from "./prometheus";

const props = {
  ...{ region: "eu-west-1", cluster: "shop-dev", intervalSeconds: 60 },
  remoteWriteUrl: "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write",
};
// biome-ignore lint/suspicious/noExplicitAny: what the collector reads is plain JSON
const settings = collectorSettings(props) as any;

describe("the collector's settings (S2-W13, S3-W10)", () => {
  it("sign what is written to the workspace", () => {
    expect(settings.exporters.prometheusremotewrite).toMatchObject({
      ...{ endpoint: props.remoteWriteUrl, auth: { authenticator: "sigv4auth" } },
    });
    expect(settings.extensions.sigv4auth).toEqual({ region: "eu-west-1", service: "aps" });
  });

  it("tell the samples of one machine from those of another, all of which have the same target", () => {
    expect(settings.processors.resourcedetection).toEqual({ detectors: ["ecs"] });
    expect(settings.exporters.prometheusremotewrite.resource_to_telemetry_conversion).toEqual({ enabled: true });
  });

  it("use every part that they declare, and none that they do not", () => {
    const { extensions, pipelines } = settings.service;
    const { receivers, processors, exporters } = pipelines.metrics;
    expect(extensions).toEqual(Object.keys(settings.extensions));
    expect([receivers, processors, exporters]).toEqual(
      [settings.receivers, settings.processors, settings.exporters].map((part) => Object.keys(part)),
    );
  });

  it("hold no dollar sign, which the collector would take for a variable", () => {
    expect(JSON.stringify(settings)).not.toContain("$");
  });

  it("keep a few metrics, all that the alerts ask for among them", () => {
    const asked = alertRules().match(/\b(container|machine)_[a-z_]+(?=[{ )])/g) ?? [];
    expect(asked.length).toBeGreaterThan(3);
    for (const metric of asked) expect(keptMetrics).toContain(metric);
  });
});

describe("the containers on each machine (S2-W13)", () => {
  const containers = prometheusContainers(props);
  it("are as large as the check of placement counts with", () => {
    const sum = (of: "cpu" | "memoryMib") => containers.reduce((total, container) => total + container[of], 0);
    expect({ cpu: sum("cpu"), memoryMib: sum("memoryMib") }).toEqual(prometheusTakes);
  });

  it("are of images that understand cgroup v2, pinned", () => {
    const [cadvisor, collector] = containers;
    const [, minor] = /^ghcr\.io\/google\/cadvisor:v0\.(\d+)\.\d+$/.exec(cadvisor!.image)!;
    expect(Number(minor)).toBeGreaterThanOrEqual(54);
    expect(collector!.image).toMatch(/:v\d+\.\d+\.\d+$/);
  });

  it("reach each other by name, and read nothing of the machine but in cAdvisor", () => {
    const [cadvisor, collector] = containers;
    expect(collector).toMatchObject({ links: [cadvisor!.name] });
    expect([Object.keys(cadvisor!.reads!), collector!.reads]).toEqual([
      ["/rootfs", "/var/run", "/sys", "/var/lib/docker"],
      undefined,
    ]);
  });
});

describe("the alerts (S2-W13, S3-W10)", () => {
  it("are YAML of Prometheus, each with a name of its own and what to do", () => {
    const [group] = parse(alertRules()).groups;
    const names = group.rules.map(({ alert }: { alert: string }) => alert);
    expect(new Set(names).size).toBe(4);
    for (const { annotations } of group.rules) expect(annotations.summary).toMatch(/^[A-Z].*\. [A-Z].*\.$/);
  });

  it("go to one topic, whose region is named, as AWS asks for", () => {
    const { alertmanager_config } = parse(alertManager("arn:aws:sns:eu-west-1:111122223333:on-call", "eu-west-1"));
    const { route, receivers } = parse(alertmanager_config);
    expect(receivers.map(({ name }: { name: string }) => name)).toEqual([route.receiver]);
    expect(receivers[0].sns_configs).toEqual([
      expect.objectContaining({
        ...{ topic_arn: "arn:aws:sns:eu-west-1:111122223333:on-call", sigv4: { region: "eu-west-1" } },
      }),
    ]);
  });
});
