import { isIPv4 } from "node:net";
import { type AddressFault, overlaps, parseCidr, rangeConflict } from "./address-plan";
import { isWhole } from "./whole";

type Fault = Pick<AddressFault, "want" | "fix">;

/**
 * Where no device answers the internet. The ranges of documentation are not among them: nobody is there, but examples have to
 * name somebody.
 */
const unreachable = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3"],
];

/** What speaks against `address` as that of a VPN device on the internet, if anything. */
export function deviceAddressFault(address: string): Fault | undefined {
  const want = "an IPv4 address that the internet reaches";
  if (!isIPv4(address)) return { want, fix: "write four numbers without leading zeros, such as 203.0.113.12" };
  const range = unreachable.find((one) => overlaps(one, `${address}/32`));
  return range ? { want, fix: `${range} stays inside a network: behind NAT, give the address outside` } : undefined;
}

/** Inside ranges that AWS keeps for itself. */
const kept = [
  ...["169.254.0.0/30", "169.254.1.0/30", "169.254.2.0/30", "169.254.3.0/30", "169.254.4.0/30", "169.254.5.0/30"],
  "169.254.169.252/30",
];

/**
 * What speaks against `cidr` as the range inside a tunnel, if anything.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
 */
export function insideCidrFault(cidr: string): Fault | undefined {
  const parsed = parseCidr(cidr);
  if (parsed.fault) return parsed.fault;
  if (parsed.prefix !== 30 || !overlaps("169.254.0.0/16", cidr)) {
    return { want: "a /30 of 169.254.0.0/16", fix: "for example 169.254.10.0/30" };
  }
  if (kept.includes(cidr)) return { want: `none of ${kept.join(", ")}`, fix: "AWS keeps these: use 169.254.10.0/30" };
  return undefined;
}

/** What speaks against `range` as one of the networks behind a VPN of the network `vpc`, if anything. */
export function remoteRangeFault(range: string, vpc: string): Fault | undefined {
  const parsed = parseCidr(range);
  if (parsed.fault) return parsed.fault;
  if (overlaps(range, vpc)) {
    const fix = "packets for it never leave the VPC: give one of the two another range, or translate addresses";
    return { want: `apart from ${vpc}, the range of the VPC`, fix };
  }
  return rangeConflict(range);
}

/** Private AS numbers, which need no registration. */
const privateAsns = [
  [64_512, 65_534],
  [4_200_000_000, 4_294_967_294],
] as const;
const privateAsnText = "64512 to 65534 or 4200000000 to 4294967294";

/** AS numbers that AWS or BGP itself has for something else; AWS keeps three of them in one region only. */
const reservedAsns = [7224, 9059, 10_124, 17_943, 23_456, 65_535, 4_294_967_295];

/** What speaks against `asn` as the number of Amazon's side, if anything. */
export function amazonAsnFault(asn: number): Fault | undefined {
  const known = privateAsns.some(([from, to]) => isWhole(asn, from, to));
  return known
    ? undefined
    : { want: `a private AS number: ${privateAsnText}`, fix: "64512 is what AWS takes by itself" };
}

/**
 * What speaks against `asn` as the number of a device, if anything.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html
 */
export function deviceAsnFault(asn: number, amazonAsn: number): Fault | undefined {
  if (!isWhole(asn, 1, 4_294_967_294) || reservedAsns.includes(asn)) {
    const want = `an AS number of one's own: ${privateAsnText}, or a registered one`;
    return { want, fix: "for example 65000; 7224, 23456 and 65535 belong to AWS and to BGP itself" };
  }
  if (asn === amazonAsn) {
    return {
      want: `another AS number than Amazon's side, ${amazonAsn}`,
      fix: "BGP between the two would drop all routes",
    };
  }
  return undefined;
}
