export { Fleet } from "./fleet";
export type { FleetProps, FleetRefresh, Statement } from "./fleet-props";
