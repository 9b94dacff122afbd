export { LocalNetwork, type LocalNetworkProps } from "./local-network";
