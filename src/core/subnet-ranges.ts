import { isIPv4 } from "node:net";
import { Netmask } from "netmask";
import {
  type AddressFault,
  type AddressPlan,
  addressPlan,
  overlaps,
  parseCidr,
  type Tier,
  zoneLetters,
} from "./address-plan";
import { hostAddressFault } from "./flat-range";

type Fault = Pick<AddressFault, "want" | "fix">;

/** AWS's smallest subnet. */
const narrowest = 28;
const tiers: readonly Tier[] = ["public", "private", "data"];

/**
 * What speaks against ranges of one's own for the public subnets of zones (letter → range), if anything. They keep clear of
 * everything that the plan will ever hand out, so that zones and tiers added later still move nothing.
 */
export function publicRangesFault(
  network: string,
  ranges: Readonly<Record<string, string>>,
): (Fault & { readonly letter: string }) | undefined {
  const plan = addressPlan(network);
  const slots = tiers.flatMap((tier) => zoneLetters.map((letter) => ({ tier, letter, slot: plan.slot(tier, letter) })));
  const asked = Object.entries(ranges);
  for (const [letter, range] of asked) {
    const parsed = parseCidr(range);
    if (parsed.fault) return { letter, want: parsed.fault.want, fix: parsed.fault.fix };
    const inside = new Netmask(network).contains(new Netmask(range));
    if (!inside || parsed.prefix > narrowest || range === network) {
      const fix = `AWS makes no subnet below /${narrowest}, and none outside its network`;
      return { letter, want: `a part of ${network} of at least a /${narrowest}`, fix };
    }
    const twin = asked.find(
      ([other, second]) => other !== letter && parseCidr(second).fault === undefined && overlaps(range, second),
    );
    if (twin)
      return { letter, want: `apart from ${twin[1]}, the range of zone ${twin[0]}`, fix: "give each zone its own" };
    const taken = slots.find((one) => overlaps(one.slot, range) && !(one.tier === "public" && one.letter === letter));
    if (taken) {
      const want = `apart from ${taken.slot}, which is kept for the ${taken.tier} subnet of zone ${taken.letter}`;
      return { letter, want, fix: `free are ${freeRanges(network)}` };
    }
  }
  return undefined;
}

/** What speaks against `address` as the one of a machine in a private subnet of zones (by letter), if anything. */
export function privateAddressFault(network: string, letters: readonly string[], address: string): Fault | undefined {
  const plan = addressPlan(network);
  const subnets = [...letters].sort().map((letter) => plan.slot("private", letter));
  return addressFault(subnets, "private", address);
}

/** The same for the ranges of any tier. */
export function addressFault(subnets: readonly string[], tier: Tier, address: string): Fault | undefined {
  const home = isIPv4(address) ? subnets.find((subnet) => overlaps(`${address}/32`, subnet)) : undefined;
  if (home) return hostAddressFault(address, home);
  return { want: `an IPv4 address of a ${tier} subnet: ${subnets.join(", ")}`, fix: "choose one of these ranges" };
}

/** The plan of a network, with the ranges given in the place of some of its public ones. */
export function withPublicRanges(network: string, ranges: Readonly<Record<string, string>>): AddressPlan {
  const plan = addressPlan(network);
  return { slot: (tier, letter) => (tier === "public" ? ranges[letter] : undefined) ?? plan.slot(tier, letter) };
}

/** What the plan leaves alone, as first and last address: the first slot, and all behind the last one. */
function freeRanges(network: string): string {
  const plan = addressPlan(network);
  const first = new Netmask(plan.slot("public", "a"));
  const last = new Netmask(plan.slot("data", zoneLetters.at(-1)!));
  const { base, broadcast } = new Netmask(network);
  return `${base} to ${first.next(-1).broadcast}, and ${last.next().base} to ${broadcast}`;
}
