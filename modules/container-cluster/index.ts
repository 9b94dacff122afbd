export type { Capacity, CapacityOptions, ContainerClusterProps } from "./cluster-props";
export { ContainerCluster } from "./container-cluster";
export type { MachineStatement } from "./machine-statements";
