export { type Connectable, Connections, type ConnectionsProps } from "./connections";
