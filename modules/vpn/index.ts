export type { VpnDevice, VpnProps, VpnTunnel } from "./props";
export { Vpn } from "./vpn";
