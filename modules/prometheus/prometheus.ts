import { PrometheusAlertManagerDefinition } from "@cdktf/provider-aws/lib/prometheus-alert-manager-definition";
import { PrometheusRuleGroupNamespace } from "@cdktf/provider-aws/lib/prometheus-rule-group-namespace";
import { PrometheusWorkspace } from "@cdktf/provider-aws/lib/prometheus-workspace";
import { Construct } from "constructs";
import { alertManager, alertRules } from "../../src/core/prometheus";

export interface PrometheusProps {
  /** Name of the system and its environment, such as `shop-dev`: the workspace's name. */
  readonly name: string;
  /** Region of the workspace, e.g. `eu-west-1`. */
  readonly region: string;
  /**
   * Topic that is told of alerts. Managed Prometheus must be allowed to write there, and to use its key.
   * @default - nobody: the alerts can be seen in the workspace only
   */
  readonly topicArn?: string;
}

/**
 * A workspace of Amazon Managed Service for Prometheus, with alerts on containers. It keeps samples for 150 days.
 *
 * AWS bills samples that come in, what is stored and what queries read; an empty workspace costs nothing. A workspace that is removed
 * takes its samples with it.
 */
export class Prometheus extends Construct {
  /** Where samples are written, signed by Signature Version 4. Known only after apply. */
  readonly remoteWriteUrl: string;
  /** For Grafana: where queries are answered. Known only after apply. */
  readonly queryUrl: string;
  readonly arn: string;
  /** What a collector must be allowed. */
  readonly writeStatement: { readonly actions: readonly string[]; readonly resources: readonly string[] };

  constructor(scope: Construct, id: string, { name, region, topicArn }: PrometheusProps) {
    super(scope, id);
    const workspace = new PrometheusWorkspace(this, "workspace", { alias: name, tags: { Name: name } });
    new PrometheusRuleGroupNamespace(this, "alerts", {
      name: "containers",
      workspaceId: workspace.id,
      data: alertRules(),
    });
    if (topicArn !== undefined) {
      const definition = alertManager(topicArn, region);
      new PrometheusAlertManagerDefinition(this, "alert-manager", { workspaceId: workspace.id, definition });
    }
    this.arn = workspace.arn;
    this.queryUrl = workspace.prometheusEndpoint;
    this.remoteWriteUrl = `${workspace.prometheusEndpoint}api/v1/remote_write`;
    this.writeStatement = { actions: ["aps:RemoteWrite"], resources: [workspace.arn] };
  }
}
