export { FlatNetwork, type FlatNetworkProps, type SecondRange } from "./flat-network";
export { Network, type NetworkProps } from "./network";
