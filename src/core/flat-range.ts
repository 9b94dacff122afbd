import { isIPv4 } from "node:net";
import { Netmask } from "netmask";
import {
  type AddressFault,
  type AddressPlan,
  networkPrefixes,
  overlaps,
  parseCidr,
  rangeConflict,
  zoneLetters,
} from "./address-plan";

type Fault = Pick<AddressFault, "want" | "fix">;

/** 2^3 = 8 parts of a second range: one per zone letter, and two spare. */
const partBits = 3;
/** AWS's smallest subnet. */
const narrowest = 28;
/** The smallest one that AWS puts a load balancer into: it wants eight free addresses, and more as it grows. */
const narrowestBalanced = 27;
/** Bits by which the address plan, which cuts a range for web subnets, makes its parts narrower. */
const slotBits = narrowest - networkPrefixes.narrowest;

/** Private address ranges. AWS adds none of them to a network that lives in another. */
const families = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** What speaks against `text` as the range of a network whose one subnet takes all of it, if anything. */
export function flatCidrFault(text: string): Fault | undefined {
  return sizeFault(text, narrowest, "AWS makes no smaller subnet");
}

/**
 * What speaks against `text` as a second range of a network, cut into one subnet per zone, if anything.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
 */
export function secondCidrFault(text: string, network: string): Fault | undefined {
  const why = `there is no room for ${2 ** partBits} subnets of a /${narrowest}`;
  return sizeFault(text, narrowest - partBits, why) ?? besideFault(text, network);
}

/** What speaks against `text` as a further range of a network, for a load balancer and machines in further zones, if anything. */
export function webCidrFault(text: string, network: string): Fault | undefined {
  const why = `there is no room for ${2 ** slotBits} subnets of a /${narrowestBalanced}, the smallest that takes a load balancer`;
  return sizeFault(text, narrowestBalanced - slotBits, why) ?? besideFault(text, network);
}

/** What speaks against a load balancer in the one subnet of a network with this range, if anything. */
export function balancedCidrFault(cidr: string): Fault | undefined {
  if (new Netmask(cidr).bitmask <= narrowestBalanced) return undefined;
  const fix = "AWS puts no load balancer into a smaller subnet: choose a wider range, which replaces everything";
  return { want: `/${narrowestBalanced} or wider with an entrance`, fix };
}

function besideFault(text: string, network: string): Fault | undefined {
  if (overlaps(text, network)) {
    return { want: `apart from ${network}, the network's own range`, fix: "use a range that nothing else has" };
  }
  const home = families.find((family) => overlaps(family, network));
  const family = families.find((one) => overlaps(one, text));
  if (family && family !== home) {
    const want = home
      ? `in ${home}, as the network's own range is`
      : "a range that is not private, as the network's own";
    return { want, fix: "AWS mixes no private ranges within a network" };
  }
  if (overlaps("198.19.0.0/16", text) || (home === "172.16.0.0/12" && overlaps("172.31.0.0/16", text))) {
    return { want: "outside 198.19.0.0/16 and 172.31.0.0/16", fix: "AWS keeps both for itself: use another range" };
  }
  if (overlaps("10.0.0.0/15", network) && overlaps("10.0.0.0/16", text)) {
    const fix = "AWS adds none of it to a network in 10.0.0.0/15: use a range such as 10.2.0.0/24";
    return { want: "outside 10.0.0.0/16", fix };
  }
  return undefined;
}

/**
 * Cuts a second range into eight equal parts, one per zone letter: a zone added later moves no other.
 *
 * @example secondPlan("10.2.0.0/24").slot("data", "b") // "10.2.0.32/27"
 */
export function secondPlan(cidr: string): AddressPlan {
  const { base, bitmask } = new Netmask(cidr);
  const first = new Netmask(`${base}/${bitmask + partBits}`);
  // The letters are in the order of the alphabet, and none will ever come before `a`.
  return { slot: (_, letter) => first.next(zoneLetters.indexOf(letter)).toString() };
}

/** What speaks against `address` as the one of a machine in a subnet, if anything. */
export function hostAddressFault(address: string, subnet: string): Fault | undefined {
  const { first, last, size } = new Netmask(subnet);
  if (!isIPv4(address) || !new Netmask(subnet).contains(address)) {
    return { want: `an IPv4 address in ${subnet}`, fix: `choose one from ${subnet}, without leading zeros` };
  }
  const position = new Netmask(`${address}/32`).netLong - new Netmask(subnet).netLong;
  if (position < 4 || position === size - 1) {
    const want = "none of the first four addresses of its subnet, nor the last";
    return { want, fix: `AWS keeps those of ${first} to ${last} for router, DNS and broadcast` };
  }
  return undefined;
}

function sizeFault(text: string, limit: number, why: string): Fault | undefined {
  const parsed = parseCidr(text);
  if (parsed.fault) return parsed.fault;
  const want = `a range from /16 to /${limit}`;
  if (parsed.prefix < 16) return { want, fix: `AWS allows no wider one: use ${text.split("/")[0]}/16` };
  if (parsed.prefix > limit) return { want, fix: `${why}: use /${limit} or wider` };
  return rangeConflict(text);
}
