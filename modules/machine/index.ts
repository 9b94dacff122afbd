export { Machine } from "./machine";
export type { MachineFacts, MachineProps, Statement } from "./machine-props";
