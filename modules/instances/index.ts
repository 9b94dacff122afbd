export { Instances } from "./instances";
export type { InstancesProps, Registry } from "./instances-props";
