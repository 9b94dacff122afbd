import { PrometheusAlertManagerDefinition } from "@cdktf/provider-aws/lib/prometheus-alert-manager-definition";
import { PrometheusRuleGroupNamespace } from "@cdktf/provider-aws/lib/prometheus-rule-group-namespace";
import { PrometheusWorkspace } from "@cdktf/provider-aws/lib/prometheus-workspace";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { synthesize } from "../../src/testing/synthesize";
import { Prometheus } from ".";

const made = (told = true) =>
  synthesize((stack) => {
    const topicArn = told ? new SnsTopic(stack, "topic", {}).arn : undefined;
    const { remoteWriteUrl } = new Prometheus(stack, "prometheus", { name: "shop-dev", region: "eu-west-1", topicArn });
    new TerraformOutput(stack, "url", { value: remoteWriteUrl });
  });

describe("a Prometheus of AWS (S2-W13, S3-W10)", () => {
  it("is a workspace with alerts on containers", () => {
    const { one } = made();
    expect(one(PrometheusWorkspace)).toMatchObject({ alias: "shop-dev" });
    expect(parse(one(PrometheusRuleGroupNamespace).data).groups).toHaveLength(1);
    expect(one(PrometheusRuleGroupNamespace).workspace_id).toMatch(/^\$\{aws_prometheus_workspace\./);
  });

  it("passes alerts on to the topic", () => {
    const { alertmanager_config } = parse(made().one(PrometheusAlertManagerDefinition).definition);
    expect(parse(alertmanager_config).receivers[0].sns_configs[0].topic_arn).toBe("${aws_sns_topic.topic.arn}");
  });

  it("keeps alerts to itself without one", () => {
    expect(made(false).all(PrometheusAlertManagerDefinition)).toEqual([]);
  });

  it("tells collectors the address to write to", () => {
    expect(made().document.output.url.value).toMatch(/prometheus_endpoint\}api\/v1\/remote_write$/);
  });
});
