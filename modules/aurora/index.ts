export { Aurora } from "./aurora";
export type { AuroraCapacity, AuroraProps } from "./props";
