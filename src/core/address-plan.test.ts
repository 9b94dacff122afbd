import fc from "fast-check";
import { Netmask } from "netmask";
import { describe, expect, it } from "vitest";
import {
  addressPlan,
  networkCidrFault,
  networkPrefixes,
  overlaps,
  parseCidr,
  type Tier,
  zoneFault,
  zoneLetters,
} from "./address-plan";

const tiers: readonly Tier[] = ["public", "private", "data"];
const everySlot = (cidr: string, letters = zoneLetters) =>
  tiers.flatMap((tier) => letters.map((letter) => addressPlan(cidr).slot(tier, letter)));

/** Any network that the plan accepts, out of 10.0.0.0/8. */
const networks = fc
  .tuple(
    fc.integer({ min: networkPrefixes.widest, max: networkPrefixes.narrowest }),
    fc.nat({ max: 255 }),
    fc.nat({ max: 255 }),
    fc.nat({ max: 255 }),
  )
  .map(([prefix, ...octets]) => new Netmask(`10.${octets.join(".")}/${prefix}`).toString());

describe("the address plan", () => {
  it.each([
    ["public", "a", "10.180.8.0/21"],
    ["public", "b", "10.180.16.0/21"],
    ["private", "a", "10.180.24.0/21"],
    ["private", "b", "10.180.32.0/21"],
    ["data", "a", "10.180.40.0/21"],
    ["data", "b", "10.180.48.0/21"],
    ["public", "c", "10.180.56.0/21"],
    ["private", "c", "10.180.64.0/21"],
    ["data", "c", "10.180.72.0/21"],
    ["public", "d", "10.180.80.0/21"],
    ["private", "e", "10.180.112.0/21"],
    ["data", "f", "10.180.144.0/21"],
  ] as const)("puts the %s subnet of zone %s of 10.180.0.0/16 at %s (S2-R02)", (tier, letter, cidr) => {
    expect(addressPlan("10.180.0.0/16").slot(tier, letter)).toBe(cidr);
  });

  it("cuts the smallest network into the smallest subnets that AWS has", () => {
    expect(addressPlan("10.0.0.0/23").slot("public", "a")).toBe("10.0.0.16/28");
  });

  it("never gives two subnets a common address", () => {
    fc.assert(
      fc.property(networks, (cidr) => {
        const taken = everySlot(cidr);
        const clashes = taken.filter((one, i) => taken.slice(i + 1).some((other) => overlaps(one, other)));
        expect(clashes).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps every subnet inside its network", () => {
    fc.assert(
      fc.property(networks, (cidr) => {
        const whole = new Netmask(cidr);
        expect(everySlot(cidr).filter((slot) => !whole.contains(new Netmask(slot)))).toEqual([]);
      }),
    );
  });

  it("moves nothing when a zone is added, wherever in the alphabet it comes (problem 18)", () => {
    fc.assert(
      fc.property(networks, fc.shuffledSubarray([...zoneLetters], { minLength: 2 }), (cidr, [added, ...zones]) => {
        const before = everySlot(cidr, zones);
        const after = everySlot(cidr, [...zones, added!].sort());
        expect(after).toEqual(expect.arrayContaining(before));
        expect(after).toHaveLength(before.length + tiers.length);
      }),
    );
  });

  it("has no slot for a zone that no region has", () => {
    expect(() => addressPlan("10.0.0.0/16").slot("public", "g")).toThrow(
      "zone g has no slot; those that have: a,b,c,d,e,f",
    );
  });

  it("refuses to cut what is not a network", () => {
    expect(() => addressPlan("10.0.0.1/16")).toThrow(
      "10.0.0.1/16 must be the first address of its range; did you mean 10.0.0.0/16?",
    );
  });
});

describe("an address range", () => {
  it.each([
    ["10.180.0.0/16", 16],
    ["0.0.0.0/0", 0],
    ["255.255.255.255/32", 32],
    ["192.168.0.0/23", 23],
  ])("%s is read with its prefix", (cidr, prefix) => {
    expect(parseCidr(cidr)).toEqual({ cidr, prefix });
  });

  it.each([
    "",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/016",
    "10.0.0.0/+8",
    "10.0.0.0/16/16",
    "10.0.0.0/255.255.0.0",
    "300.0.0.0/16",
    "010.0.0.0/16",
    "0x0a.0.0.0/16",
    "10.0/16",
    "10.0.0.0.0/16",
    " 10.0.0.0/16",
    "10.0.0.0/16\n",
    "ten/16",
  ])("%j is refused as not an IPv4 range", (text) => {
    expect(parseCidr(text).fault).toEqual({
      code: "NET_CIDR_SYNTAX",
      want: "an IPv4 range in CIDR notation",
      fix: "write four numbers from 0 to 255 without leading zeros, and a prefix, such as 10.0.0.0/16",
    });
  });

  it.each(["2001:db8::/56", "::ffff:10.0.0.0/112"])("%s is refused as IPv6", (text) => {
    expect(parseCidr(text).fault).toMatchObject({ code: "NET_CIDR_FAMILY", want: "an IPv4 range" });
  });

  it.each([
    ["10.0.0.1/16", "10.0.0.0/16"],
    ["10.180.1.0/23", "10.180.0.0/23"],
    ["192.168.1.255/0", "0.0.0.0/0"],
  ])("%s is refused for its host bits, and %s suggested", (text, meant) => {
    expect(parseCidr(text).fault).toMatchObject({ code: "NET_CIDR_HOSTBITS", fix: `did you mean ${meant}?` });
  });

  it("overlaps itself, what it holds and what holds it, and nothing beside it", () => {
    expect(overlaps("10.0.0.0/16", "10.0.0.0/16")).toBe(true);
    expect(overlaps("10.0.0.0/16", "10.0.255.0/24")).toBe(true);
    expect(overlaps("10.0.255.0/24", "10.0.0.0/16")).toBe(true);
    expect(overlaps("10.0.0.0/16", "10.1.0.0/16")).toBe(false);
    expect(overlaps("192.168.0.0/24", "192.168.1.0/24")).toBe(false);
  });
});

describe("the range of a network", () => {
  it.each([
    "10.180.0.0/16",
    "10.190.0.0/23",
    "192.168.4.0/22",
    "100.64.0.0/16",
    "172.16.0.0/16",
    "172.18.0.0/16",
  ])("may be %s", (cidr) => expect(networkCidrFault(cidr)).toBeUndefined());

  it.each([
    ["10.0.0.1/16", "NET_CIDR_HOSTBITS", "did you mean 10.0.0.0/16?"],
    ["10.0.0.0/8", "NET_CIDR_SIZE", "AWS allows no wider network: use 10.0.0.0/16"],
    ["10.0.0.0/26", "NET_CIDR_TOO_SMALL", "there is no room for 32 subnets of at least a /28: use /23 or wider"],
    ["10.0.0.0/29", "NET_CIDR_TOO_SMALL", "there is no room for 32 subnets of at least a /28: use /23 or wider"],
    [
      "172.17.128.0/20",
      "NET_CIDR_CONFLICT",
      "172.17.0.0/16 belongs to Docker's own network: use a range of 10.0.0.0/8",
    ],
    ["169.254.0.0/16", "NET_CIDR_CONFLICT", "169.254.0.0/16 belongs to link-local services: use a range of 10.0.0.0/8"],
    ["127.0.0.0/16", "NET_CIDR_CONFLICT", "127.0.0.0/8 belongs to the local host: use a range of 10.0.0.0/8"],
  ])("may not be %s", (cidr, code, fix) => {
    expect(networkCidrFault(cidr)).toMatchObject({ code, fix });
  });
});

describe("an availability zone", () => {
  it.each([
    ["eu-west-1a", "eu-west-1"],
    ["us-east-1f", "us-east-1"],
    ["us-gov-west-1b", "us-gov-west-1"],
    ["ap-southeast-2c", "ap-southeast-2"],
  ])("may be %s in %s", (zone, region) => expect(zoneFault(zone, region)).toBeUndefined());

  it.each(["us-east-1a", "eu-west-2a"])("%s is refused outside its region", (zone) => {
    expect(zoneFault(zone, "eu-west-1")).toEqual({
      code: "NET_AZ_REGION",
      want: "the name of an availability zone of eu-west-1",
      fix: "did you mean eu-west-1a?",
    });
  });

  it.each([
    "",
    "a",
    "eu-west-1",
    "EU-WEST-1A",
    "euw1-az1",
    "us-east-1-bos-1a",
    "eu-west-1g",
    "eu-west-1a ",
  ])("%j is refused by its form", (zone) => {
    expect(zoneFault(zone, "eu-west-1")).toEqual({
      code: "NET_AZ_FORM",
      want: "the name of an availability zone of eu-west-1",
      fix: "write the region and a letter from a to f, such as eu-west-1a; zone ids and local zones do not work",
    });
  });
});
