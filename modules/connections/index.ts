export { type Connectable, Connections } from "./connections";
export type { ConnectionsProps } from "./props";
