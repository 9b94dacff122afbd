import type { OnRemoval } from "../../src/core/removal";

/** A VPN device of the other side. */
export interface VpnDevice {
  /**
   * Public IPv4 address of the device; behind NAT, the one outside. With another one, or another `asn`, the connection is led to
   * the device anew: it keeps its tunnels, their addresses and keys, and is down for minutes. Change one device at a time.
   */
  readonly address: string;
  /**
   * BGP number of the device. Both devices of one site usually have the same. Static routing has no use for it.
   * @default 65000
   */
  readonly asn?: number;
  /**
   * Ranges inside its two tunnels: two /30 of 169.254.0.0/16, for devices that want them fixed.
   * @default - AWS chooses
   */
  readonly insideCidrs?: readonly [first: string, second: string];
}

export interface VpnProps {
  /** First part of the names that AWS shows. */
  readonly name: string;
  /** The network that is connected. */
  readonly network: {
    readonly vpcId: string;
    readonly cidr: string;
    /** Route tables that learn the way to the other side, by names that stay. */
    readonly privateRouteTableIds: Readonly<Record<string, string>>;
  };
  /** Two devices on two addresses, by names that stay: without the second, one machine of the other side is the whole link. */
  readonly devices: Readonly<Record<string, VpnDevice>>;
  /** Address ranges of the other side. None touches the network's own. */
  readonly remoteRanges: readonly string[];
  /**
   * How each side learns the other's ranges. With `bgp` the devices announce them and a dead tunnel is noticed within seconds;
   * `static` is for devices that know no BGP.
   * @default "bgp"
   */
  readonly routing?: "bgp" | "static";
  /**
   * BGP number of Amazon's side, a private one. Another number is another gateway, and a VPC has one at a time: the apply ends
   * both connections, and makes two others with four other tunnels and keys. Until the devices are set up for them, nothing
   * behind the VPN can be reached.
   * @default 64512
   */
  readonly amazonAsn?: number;
  /**
   * Topic that hears of tunnels that are down.
   * @default - none: there are no alarms
   */
  readonly alarmTopicArn?: string;
  /**
   * Days that CloudWatch keeps the log of the tunnels.
   * @default 30
   */
  readonly logDays?: number;
  /**
   * What happens to that log when the VPN goes.
   * @default "keep" - it stays in CloudWatch
   */
  readonly onRemoval?: OnRemoval;
}

/** One of the four tunnels, for whoever sets up its other end. Addresses are known only after apply. */
export interface VpnTunnel {
  /** Name of the device, as in the props. */
  readonly device: string;
  readonly number: 1 | 2;
  /** Amazon's address on the internet. */
  readonly outsideAddress: string;
  /** Amazon's address inside the tunnel: the BGP neighbour of the device. */
  readonly amazonInsideAddress: string;
  /** The device's own address inside the tunnel. */
  readonly deviceInsideAddress: string;
}
