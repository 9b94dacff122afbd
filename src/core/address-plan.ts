import { isIPv4, isIPv6 } from "node:net";
import { Netmask } from "netmask";

/** A layer of a network: what the internet may reach, what only calls out, what does neither. */
export type Tier = "public" | "private" | "data";

/**
 * The slot of each subnet: an address range is cut into 32 equal ones, and this says which is whose. Append only: a slot
 * that changes its owner replaces subnets and everything in them. Slot 0 and slots 19 to 31 are spare.
 *
 * Zones a and b come in pairs per tier, as in networks that were laid out for two zones; later letters take three in a row.
 */
const slots: Readonly<Record<Tier, Readonly<Record<string, number>>>> = {
  public: { a: 1, b: 2, c: 7, d: 10, e: 13, f: 16 },
  private: { a: 3, b: 4, c: 8, d: 11, e: 14, f: 17 },
  data: { a: 5, b: 6, c: 9, d: 12, e: 15, f: 18 },
};

/** 2^5 = 32 slots: a subnet's prefix is this much longer than its network's. */
const slotBits = 5;

/** Prefixes a network may have: AWS wants /16 at the widest, and a slot must not be narrower than AWS's smallest subnet, /28. */
export const networkPrefixes = { widest: 16, narrowest: 28 - slotBits } as const;

/** Letters of the zones that the plan has slots for. */
export const zoneLetters: readonly string[] = Object.keys(slots.public);

/**
 * Ranges that no network may touch: AWS refuses the first four; on the last, Docker answers on every machine, so that
 * packets for a subnet there never leave it.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
const reserved: readonly (readonly [cidr: string, owner: string])[] = [
  ["0.0.0.0/8", "the local host"],
  ["127.0.0.0/8", "the local host"],
  ["169.254.0.0/16", "link-local services"],
  ["224.0.0.0/3", "multicast"],
  ["172.17.0.0/16", "Docker's own network"],
];

/** What is wrong with an address range or a zone, in the words of an error message. */
export interface AddressFault {
  readonly code:
    | "NET_CIDR_SYNTAX"
    | "NET_CIDR_FAMILY"
    | "NET_CIDR_HOSTBITS"
    | "NET_CIDR_SIZE"
    | "NET_CIDR_TOO_SMALL"
    | "NET_CIDR_CONFLICT"
    | "NET_AZ_FORM"
    | "NET_AZ_REGION";
  /** The values that are accepted, in words that follow "must be". */
  readonly want: string;
  /** The change that most likely repairs it. */
  readonly fix: string;
}

/** An IPv4 range, or what is wrong with its text. */
export type ParsedCidr =
  | { readonly cidr: string; readonly prefix: number; readonly fault?: undefined }
  | { readonly fault: AddressFault };

/** Reads an IPv4 range such as `10.0.0.0/16`, strictly: four decimal numbers without leading zeros, and no host bits. */
export function parseCidr(text: string): ParsedCidr {
  const [address = "", prefix = "", ...rest] = text.split("/");
  if (isIPv6(address)) {
    return fault("NET_CIDR_FAMILY", "an IPv4 range", "IPv6 given: write an IPv4 range such as 10.0.0.0/16");
  }
  // Some parsers read 010 as octal 8: whoever reads the file next must see the same range as we do.
  if (rest.length > 0 || !isIPv4(address) || !/^(\d|[12]\d|3[0-2])$/.test(prefix)) {
    return fault(
      "NET_CIDR_SYNTAX",
      "an IPv4 range in CIDR notation",
      "write four numbers from 0 to 255 without leading zeros, and a prefix, such as 10.0.0.0/16",
    );
  }
  const cidr = new Netmask(text).toString();
  if (cidr !== text) {
    return fault("NET_CIDR_HOSTBITS", "the first address of its range", `did you mean ${cidr}?`);
  }
  return { cidr, prefix: Number(prefix) };
}

/** What speaks against `text` as the range of a whole network, if anything. */
export function networkCidrFault(text: string): AddressFault | undefined {
  const parsed = parseCidr(text);
  if (parsed.fault) return parsed.fault;
  const { widest, narrowest } = networkPrefixes;
  const want = `a range from /${widest} to /${narrowest}`;
  if (parsed.prefix < widest) {
    return fault("NET_CIDR_SIZE", want, `AWS allows no wider network: use ${text.split("/")[0]}/${widest}`).fault;
  }
  if (parsed.prefix > narrowest) {
    const room = `${2 ** slotBits} subnets of at least a /28`;
    return fault("NET_CIDR_TOO_SMALL", want, `there is no room for ${room}: use /${narrowest} or wider`).fault;
  }
  return rangeConflict(text);
}

/** Whether a range touches one that belongs to somebody else on every network. */
export function rangeConflict(text: string): AddressFault | undefined {
  const taken = reserved.find(([range]) => overlaps(range, text));
  if (!taken) return undefined;
  const [range, owner] = taken;
  return fault("NET_CIDR_CONFLICT", `outside ${range}`, `${range} belongs to ${owner}: use a range of 10.0.0.0/8`)
    .fault;
}

/** What speaks against `zone` as the name of an availability zone of `region`, if anything. */
export function zoneFault(zone: string, region: string): AddressFault | undefined {
  const [, home, letter = ""] = /^([a-z]{2,}(?:-[a-z]+)+-\d+)([a-z])$/.exec(zone) ?? [];
  const want = `the name of an availability zone of ${region}`;
  if (home === undefined || !zoneLetters.includes(letter)) {
    const [first, last] = [zoneLetters[0], zoneLetters.at(-1)];
    const fix = `write the region and a letter from ${first} to ${last}, such as ${region}${first}`;
    return fault("NET_AZ_FORM", want, `${fix}; zone ids and local zones do not work`).fault;
  }
  return home === region ? undefined : fault("NET_AZ_REGION", want, `did you mean ${region}${letter}?`).fault;
}

/** The letter that a zone's addresses and slots are kept under: `a` for `eu-west-1a`. */
export function zoneLetter(zone: string): string {
  return zone.slice(-1);
}

/** Whether two IPv4 ranges have an address in common. */
export function overlaps(a: string, b: string): boolean {
  const [one, other] = [new Netmask(a), new Netmask(b)];
  return one.contains(other.base) || other.contains(one.base);
}

/** Where every subnet of a network lies, whichever of them exist today. */
export interface AddressPlan {
  /** Range of the subnet of a tier in a zone. */
  slot(tier: Tier, letter: string): string;
}

/**
 * Cuts a network's range into slots. A zone or tier added later takes a slot that was kept free for it, and moves no other.
 *
 * @example addressPlan("10.180.0.0/16").slot("public", "a") // "10.180.8.0/21"
 */
export function addressPlan(cidr: string): AddressPlan {
  const wrong = networkCidrFault(cidr);
  if (wrong) throw new RangeError(`${cidr} must be ${wrong.want}; ${wrong.fix}`);
  const { base, bitmask } = new Netmask(cidr);
  const first = new Netmask(`${base}/${bitmask + slotBits}`);
  return {
    slot(tier, letter) {
      const slot = slots[tier][letter];
      if (slot === undefined) throw new RangeError(`zone ${letter} has no slot; those that have: ${zoneLetters}`);
      return first.next(slot).toString();
    },
  };
}

function fault(code: AddressFault["code"], want: string, fix: string): { readonly fault: AddressFault } {
  return { fault: { code, want, fix } };
}
