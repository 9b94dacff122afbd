export { FlatNetwork } from "./flat-network";
export type { FlatNetworkProps, SecondRange, WebRange } from "./flat-network-props";
export { Network, type NetworkProps } from "./network";
