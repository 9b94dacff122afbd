export type { Statement } from "../machine-role";
export { Machine } from "./machine";
export type { MachineFacts, MachineProps } from "./machine-props";
