import type { HealthProps } from "./entry-props";
import type { BalancedServiceProps, ContainerServiceProps, DirectServiceProps } from "./props";

type Own = "vpcId" | "listener" | "route" | "health" | "scaling";
type Open = "repositoryArn" | "files";
type Common = Omit<BalancedServiceProps, Own>;

/** How requests come in, with every default filled in. */
export type Balanced = Pick<BalancedServiceProps, "vpcId" | "listener" | "route" | "scaling"> & {
  readonly health: Required<HealthProps>;
};
export type Direct = Pick<DirectServiceProps, "hostPort">;

/** The props with every default filled in. */
export type Settings = Required<Omit<Common, Open>> & Pick<Common, Open> & { readonly way: Balanced | Direct };

export function settle(props: ContainerServiceProps): Settings {
  const way = "hostPort" in props ? { hostPort: props.hostPort } : balanced(props);
  return {
    port: 80,
    cpu: 10,
    memoryMib: 512,
    readonlyRoot: false,
    environment: {},
    secrets: {},
    exec: false,
    count: "scaling" in way ? (way.scaling?.min ?? 1) : 1,
    drainSeconds: 30,
    logDays: 30,
    output: "cloudwatch",
    onRemoval: "keep",
    after: [],
    ...written(props),
    way,
  };
}

function balanced({ vpcId, listener, route, scaling, health }: BalancedServiceProps): Balanced {
  return {
    ...{ vpcId, listener, route, scaling },
    health: {
      path: "/",
      matcher: "200-302",
      intervalSeconds: 30,
      timeoutSeconds: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      graceSeconds: 120,
      ...written(health ?? {}),
    },
  };
}

/** Without the props that are `undefined`, which would hide a default. */
function written<T extends object>(props: T): T {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as T;
}
