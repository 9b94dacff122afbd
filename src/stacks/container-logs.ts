import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Connectable } from "../../modules/connections";
import type { ContainerCluster } from "../../modules/container-cluster";
import { ContainerDaemon } from "../../modules/container-daemon";
import { LogSearch } from "../../modules/log-search";
import type { Wordpress } from "../config";
import { logForwarder } from "../core/log-forwarder";
import type { Placement } from "../core/placement";
import type { OnRemoval } from "../core/removal";
import { eachAs, together, type Watchable, type Watched } from "../core/watched/watched";

interface ContainerLogsProps {
  /** Name of the system and its environment. */
  readonly name: string;
  readonly region: string;
  readonly onRemoval: OnRemoval;
  readonly placement: Placement;
  readonly search: NonNullable<Wordpress["logSearch"]>;
  readonly cluster: ContainerCluster;
  /** Whether Container Insights counts the cluster's tasks. */
  readonly counted: boolean;
  /** Names of the services whose output is passed on. */
  readonly services: readonly string[];
  /** The machines' way out, which the forwarders need to start. */
  readonly wayOut: ITerraformDependable;
}

/** A search over the output of an ECS cluster's containers, and a forwarder on every machine that feeds it. */
export class ContainerLogs extends Construct implements Watchable {
  /** Host of the search. */
  readonly host: string;
  /** Role of the forwarders, which the administrator of the search lets write. */
  readonly writerRoleArn: string;
  readonly watched: Watched;
  private readonly search: LogSearch;

  constructor(scope: Construct, id: string, props: ContainerLogsProps) {
    super(scope, id);
    const { name, region, onRemoval, placement, search, cluster, counted, services, wayOut } = props;
    const { administratorArn, nodes, nodeType, volumeGib } = search;
    this.search = new LogSearch(this, "search", {
      ...{ name: `${name}-logs`, region, placement, administratorArn, nodeType, volumeGib },
      nodes: nodes as 1 | 2 | 3,
    });
    const logGroups = Object.fromEntries(services.map((service) => [service, `/ecs/${service}`]));
    const groups = Object.values(logGroups).map((group) => `arn:*:logs:${region}:*:log-group:${group}:*`);
    const forwarder = new ContainerDaemon(this, "forwarder", {
      ...{ name: `${name}-forwarder`, region, onRemoval },
      cluster: { arn: cluster.arn, name: cluster.name, counted },
      statements: [
        this.search.writeStatement,
        { actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], resources: groups },
      ],
      containers: [logForwarder({ region, searchHost: this.search.host, indexPrefix: name, logGroups })],
      after: [cluster.association, wayOut],
    });
    this.host = this.search.host;
    this.writerRoleArn = forwarder.taskRoleArn;
    this.watched = together(forwarder.watched, eachAs("search", this.search.watched));
  }

  /** Lets machines write to the search. */
  allowFrom(machines: Connectable): void {
    this.search.connections.allowFrom(machines, "lines of the containers' output");
  }
}
