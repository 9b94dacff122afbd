import type { ITerraformDependable } from "cdktf";
import type { Route } from "../../src/core/listener-rules";
import type { OnRemoval } from "../../src/core/removal";
import type { HealthProps, ScalingProps } from "./entry-props";
import type { SecretReference, SharedFiles } from "./references";

/** A service is entered through a load balancer, or directly on a port of its machines. */
export type ContainerServiceProps = BalancedServiceProps | DirectServiceProps;

interface ServiceProps {
  /** Name in AWS of everything the service consists of, such as `wordpress-dev-shop`. Renaming replaces the service. */
  readonly name: string;
  /** Region of the service, for the log driver and the secrets. */
  readonly region: string;
  /** Where tasks run. The provider must be attached to the cluster before the service is created. */
  readonly cluster: {
    readonly arn: string;
    readonly name: string;
    readonly capacityProvider: string;
    /** Log group where the cluster records ECS Exec sessions. */
    readonly execLogGroupArn: string;
    /**
     * Whether Container Insights counts the cluster's tasks: without it, nothing says that some are missing.
     * @default true
     */
    readonly counted?: boolean;
  };

  /** Image with a tag or a digest. A new one is rolled out without an outage, and back if it does not become healthy. */
  readonly image: string;
  /**
   * ECR repository that may be pulled from.
   * @default - none: everybody may pull the image
   */
  readonly repositoryArn?: string;
  /**
   * TCP port that the container listens on.
   * @default 80
   */
  readonly port?: number;
  /**
   * CPU units of one task, 1024 being a vCPU: its share when the machine is busy, not a limit.
   * @default 10
   */
  readonly cpu?: number;
  /**
   * Memory of one task in MiB; a container that wants more is killed.
   * @default 512
   */
  readonly memoryMib?: number;
  /**
   * The image's files cannot be written to. WordPress writes to its own: updates, plug-ins, `wp-config.php`.
   * @default false
   */
  readonly readonlyRoot?: boolean;
  /**
   * Plain settings, by name: text, or values of other constructs. Text reaches the container as it is written here.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Environment variables that a task reads from Secrets Manager when it starts, by name. A rotated secret reaches running
   * tasks with the next deployment only.
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  /**
   * Files that all tasks share, and that outlive them. What the image has at that path cannot be seen. Given later, the tasks are
   * replaced one beside the other, and what the old ones had written there into their containers is gone.
   * @default - none: what a task writes goes with it
   */
  readonly files?: SharedFiles;
  /**
   * Allows `aws ecs execute-command`: a shell in running tasks, for whoever has the right to.
   * @default false
   */
  readonly exec?: boolean;

  /**
   * Tasks to run. With `scaling`, the number at the start; on a port of the machines, each needs a machine of its own.
   * @default - the minimum of `scaling`, or 1
   */
  readonly count?: number;
  /**
   * Seconds that a task which is taken out of service has for the requests it is working on, 0 to 3600.
   * @default 30
   */
  readonly drainSeconds?: number;
  /**
   * Days that CloudWatch keeps the containers' output: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731…
   * @default 30
   */
  readonly logDays?: number;
  /**
   * Who takes the containers' output: Docker hands it to CloudWatch itself, or to a forwarder on each machine, which passes it on.
   * Another one is a new revision, rolled out like a new image.
   * @default "cloudwatch"
   */
  readonly output?: "cloudwatch" | "forwarder";
  /**
   * With `keep` the logs outlive the service: who brings it back under the same name has to import their log group.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
  /**
   * What must be there before the first task starts and until the last one has stopped: a capacity provider that joins the
   * cluster in the same stack, the machines' way to AWS.
   * @default - nothing: it belongs to another stack
   */
  readonly after?: readonly ITerraformDependable[];
}

/** Behind a rule of a shared load balancer. On its machine, each task gets a port that Docker chooses. */
export interface BalancedServiceProps extends ServiceProps {
  readonly vpcId: string;
  /** Listener that the service's rule belongs to, and the end of its load balancer's ARN, from `app/` on. */
  readonly listener: { readonly arn: string; readonly loadBalancerArnSuffix: string };
  /** Requests that the service answers, and the place of its rule: each service on a listener needs its own. */
  readonly route: Omit<Route, "priority"> & { readonly priority: number };
  /** @default - `/` answers 200 to 302 within 5 seconds */
  readonly health?: HealthProps;
  /** @default - the count stays as it is */
  readonly scaling?: ScalingProps;
}

/**
 * On the same port of each machine that has a task: one task per machine, and nobody spreads requests over them. A deployment
 * stops the old task before it starts the new one, so each is an outage of about a minute.
 */
export interface DirectServiceProps extends ServiceProps {
  /** Port of the machine, 1 to 32767: Docker hands out those above. */
  readonly hostPort: number;
}
