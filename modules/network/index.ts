export { FlatNetwork } from "./flat-network";
export type { FlatNetworkProps, SecondRange, WebRange } from "./flat-network-props";
export { Network } from "./network";
export type { NetworkProps } from "./network-props";
