import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ContainerCluster } from "../../modules/container-cluster";
import { ContainerDaemon } from "../../modules/container-daemon";
import { Prometheus } from "../../modules/prometheus";
import { prometheusContainers } from "../core/prometheus";
import type { OnRemoval } from "../core/removal";
import type { Watchable, Watched } from "../core/watched/watched";

interface ContainerMetricsProps {
  /** Name of the system and its environment. */
  readonly name: string;
  readonly region: string;
  readonly onRemoval: OnRemoval;
  readonly cluster: ContainerCluster;
  /** Whether Container Insights counts the cluster's tasks. */
  readonly counted: boolean;
  readonly topicArn: string | undefined;
  readonly intervalSeconds: number;
  /** The machines' way out, which the collectors need to start and to write. */
  readonly wayOut: ITerraformDependable;
}

/** cAdvisor and a collector on every machine of a cluster, and the workspace that they write to. */
export class ContainerMetrics extends Construct implements Watchable {
  /** For Grafana. */
  readonly queryUrl: string;
  readonly watched: Watched;

  constructor(scope: Construct, id: string, props: ContainerMetricsProps) {
    super(scope, id);
    const { name, region, onRemoval, cluster, topicArn, intervalSeconds, wayOut, counted } = props;
    const workspace = new Prometheus(this, "workspace", { name, region, topicArn });
    const { remoteWriteUrl, writeStatement, queryUrl } = workspace;
    const { watched } = new ContainerDaemon(this, "collector", {
      ...{ name: `${name}-metrics`, region, onRemoval, statements: [writeStatement] },
      cluster: { arn: cluster.arn, name: cluster.name, counted },
      containers: prometheusContainers({ region, remoteWriteUrl, cluster: cluster.name, intervalSeconds }),
      after: [cluster.association, wayOut],
    });
    this.queryUrl = queryUrl;
    this.watched = watched;
  }
}
