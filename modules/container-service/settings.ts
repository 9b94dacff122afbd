import type { ContainerServiceProps, HealthProps } from "./props";

/** The props with every default filled in. */
export type Settings = Required<Omit<ContainerServiceProps, "health" | "scaling">> &
  Pick<ContainerServiceProps, "scaling"> & { readonly health: Required<HealthProps> };

export function settle({ health, ...props }: ContainerServiceProps): Settings {
  return {
    port: 80,
    cpu: 10,
    memoryMib: 512,
    readonlyRoot: false,
    environment: {},
    secrets: {},
    exec: false,
    count: props.scaling?.min ?? 1,
    drainSeconds: 30,
    logDays: 30,
    onRemoval: "keep",
    ...written(props),
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
