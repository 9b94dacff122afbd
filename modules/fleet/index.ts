export type { Statement } from "../machine-role";
export { Fleet } from "./fleet";
export type { FleetFacts, FleetProps, FleetRefresh, LifecycleHook } from "./fleet-props";
