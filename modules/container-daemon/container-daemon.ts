import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { DaemonContainer } from "../../src/core/daemon-container";
import { InvalidProps } from "../../src/core/invalid-props";
import { logDaysFault } from "../../src/core/log-days";
import type { OnRemoval } from "../../src/core/removal";
import { watchedService } from "../../src/core/watched/services";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { containersOf, volumesOf } from "./containers";
import { daemonRoles, type Statement } from "./roles";

export interface ContainerDaemonProps {
  /** Name in AWS of everything it consists of, such as `shop-dev-metrics`. Renaming replaces it. */
  readonly name: string;
  readonly region: string;
  /** Every machine of this cluster gets a task. */
  readonly cluster: {
    readonly arn: string;
    readonly name: string;
    /**
     * Whether Container Insights counts its tasks.
     * @default true
     */
    readonly counted?: boolean;
  };
  /** The containers of one task, which reach each other by name where they ask for it, and which nobody else reaches. */
  readonly containers: readonly DaemonContainer[];
  /**
   * What its code may do in AWS.
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * Days that CloudWatch keeps the containers' output.
   * @default 30
   */
  readonly logDays?: number;
  /** @default "keep" */
  readonly onRemoval?: OnRemoval;
  /**
   * What must be there before the first task starts and until the last one has stopped.
   * @default - nothing: it belongs to another stack
   */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * One task on every machine of an ECS cluster, on those that come later too: for what looks after the machine and its containers.
 *
 * It costs what it takes of each machine; the check of placement has to know. It neither keeps a machine that is otherwise empty
 * nor makes another one start. A new version stops the old task of a machine before it starts the new one.
 */
export class ContainerDaemon extends Construct implements Watchable {
  readonly name: string;
  readonly logGroupName: string;
  readonly watched: Watched;
  /** Role of its code, for whoever gives it rights elsewhere. */
  readonly taskRoleArn: string;

  constructor(scope: Construct, id: string, props: ContainerDaemonProps) {
    super(scope, id);
    const { name, region, cluster, containers, statements = [], logDays = 30, onRemoval = "keep", after = [] } = props;
    check(this, containers, logDays);
    const logs = new CloudwatchLogGroup(this, "logs", {
      ...{ name: `/ecs/${name}`, retentionInDays: logDays, skipDestroy: onRemoval === "keep" },
    });
    const roles = daemonRoles(this, { name, region, logGroupArn: logs.arn, statements });
    const task = new EcsTaskDefinition(this, "task", {
      ...{ family: name, networkMode: "bridge", requiresCompatibilities: ["EC2"] },
      executionRoleArn: roles.executionRoleArn,
      taskRoleArn: roles.taskRoleArn,
      containerDefinitions: containersOf(containers, { region, logGroup: logs.name }),
      volume: volumesOf(containers),
      // The revision before is what a deployment that fails goes back to.
      skipDestroy: true,
    });
    const service = new EcsService(this, "service", {
      ...{ name, cluster: cluster.arn, taskDefinition: task.arn },
      // Whatever capacity provider started a machine: a strategy would leave the others out.
      ...{ launchType: "EC2", schedulingStrategy: "DAEMON" },
      ...{ deploymentMinimumHealthyPercent: 0, deploymentMaximumPercent: 100 },
      deploymentCircuitBreaker: { enable: true, rollback: true },
      ...{ enableEcsManagedTags: true, propagateTags: "SERVICE", forceDelete: onRemoval === "destroy" },
      dependsOn: [...roles.policies, ...after],
    });
    const cpu = containers.reduce((sum, one) => sum + one.cpu, 0);
    this.watched = watchedService({
      cluster: cluster.name,
      service: service.name,
      cpu,
      counted: cluster.counted ?? true,
    });
    this.taskRoleArn = roles.taskRoleArn;
    this.name = name;
    this.logGroupName = logs.name;
  }
}

function check(at: Construct, containers: readonly DaemonContainer[], logDays: number): void {
  const names = containers.map(({ name }) => name);
  const stranger = containers.flatMap(({ links = [] }) => links).find((link) => !names.includes(link));
  if (stranger !== undefined) {
    const fix = "name a container of the same task";
    throw new InvalidProps(at, { prop: "containers.links", got: stranger, want: `one of ${names.join(", ")}`, fix });
  }
  if (names.length === 0 || new Set(names).size < names.length) {
    const fix = "give each a name of its own";
    throw new InvalidProps(at, {
      prop: "containers",
      got: names,
      want: "one container or more, each of another name",
      fix,
    });
  }
  const fault = logDaysFault(logDays);
  if (fault) throw new InvalidProps(at, { prop: "logDays", got: logDays, ...fault });
}
