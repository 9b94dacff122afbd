import { assert, constantFrom, integer, property } from "fast-check";
import { Netmask } from "netmask";
import { describe, expect, it } from "vitest";
import { overlaps, zoneLetters } from "./address-plan";
import {
  balancedCidrFault,
  flatCidrFault,
  hostAddressFault,
  secondCidrFault,
  secondPlan,
  webCidrFault,
} from "./flat-range";

describe("the range of a flat network", () => {
  it.each(["10.0.0.0/24", "10.0.0.0/16", "10.0.0.16/28", "192.168.1.0/24"])("may be %s (S3-R03)", (cidr) => {
    expect(flatCidrFault(cidr)).toBeUndefined();
  });

  it.each([
    ["10.0.0.0/8", "a range from /16 to /28"],
    ["10.0.0.0/29", "a range from /16 to /28"],
    ["10.0.0.1/24", "the first address of its range"],
    ["010.0.0.0/24", "an IPv4 range in CIDR notation"],
    ["172.17.3.0/24", "outside 172.17.0.0/16"],
  ])("may not be %s", (cidr, want) => expect(flatCidrFault(cidr)).toMatchObject({ want }));
});

describe("a range for a load balancer and machines in further zones", () => {
  it.each(["10.3.0.0/22", "10.3.0.0/16"])("may be %s: its 32 parts each take a load balancer (S3-W05)", (cidr) => {
    expect(webCidrFault(cidr, "10.0.0.0/24")).toBeUndefined();
  });

  it.each([
    ["10.3.0.0/23", "a range from /16 to /22"],
    ["10.2.0.0/15", "a range from /16 to /22"],
    ["10.3.0.1/22", "the first address of its range"],
    ["10.0.0.0/22", "apart from 10.0.0.0/24, the network's own range"],
    ["192.168.0.0/22", "in 10.0.0.0/8, as the network's own range is"],
  ])("may not be %s beside 10.0.0.0/24", (cidr, want) => {
    expect(webCidrFault(cidr, "10.0.0.0/24")).toMatchObject({ want });
  });

  it("is of no use beside a subnet into which AWS puts no load balancer", () => {
    expect(balancedCidrFault("10.0.0.0/27")).toBeUndefined();
    expect(balancedCidrFault("10.0.0.0/28")).toMatchObject({ want: "/27 or wider with an entrance" });
  });
});

describe("a second range", () => {
  it.each([
    ["10.2.0.0/24", "10.0.0.0/24"],
    ["10.1.0.0/24", "10.0.0.0/24"],
    ["10.2.1.0/24", "10.2.0.0/24"],
    ["172.20.0.0/16", "172.16.0.0/24"],
    ["100.64.0.0/24", "10.0.0.0/24"],
  ])("may be %s beside %s", (cidr, network) => expect(secondCidrFault(cidr, network)).toBeUndefined());

  it.each([
    ["10.0.1.0/24", "10.0.0.0/24", "outside 10.0.0.0/16"],
    ["10.0.1.0/24", "10.1.0.0/24", "outside 10.0.0.0/16"],
    ["10.0.0.0/24", "10.0.0.0/24", "apart from 10.0.0.0/24, the network's own range"],
    ["10.2.0.0/16", "10.2.4.0/24", "apart from 10.2.4.0/24, the network's own range"],
    ["192.168.0.0/24", "10.0.0.0/24", "in 10.0.0.0/8, as the network's own range is"],
    ["10.2.0.0/24", "100.64.0.0/24", "a range that is not private, as the network's own"],
    ["198.19.0.0/24", "10.0.0.0/24", "outside 198.19.0.0/16 and 172.31.0.0/16"],
    ["172.31.0.0/24", "172.16.0.0/24", "outside 198.19.0.0/16 and 172.31.0.0/16"],
    ["10.2.0.0/26", "10.0.0.0/24", "a range from /16 to /25"],
    ["10.2.0.1/24", "10.0.0.0/24", "the first address of its range"],
  ])("may not be %s beside %s, as AWS would refuse it", (cidr, network, want) => {
    expect(secondCidrFault(cidr, network)).toMatchObject({ want });
  });

  it("gives every zone a part of its own, within the range (problem 18)", () => {
    assert(
      property(
        integer({ min: 16, max: 25 }),
        constantFrom(...zoneLetters),
        constantFrom(...zoneLetters),
        (bits, a, b) => {
          const cidr = `10.2.0.0/${bits}`;
          const [one, other] = [secondPlan(cidr).slot("data", a), secondPlan(cidr).slot("data", b)];
          expect(new Netmask(cidr).contains(one)).toBe(true);
          expect(overlaps(one, other)).toBe(a === b);
        },
      ),
    );
  });

  it("is cut into eight", () => {
    expect(["a", "b", "f"].map((letter) => secondPlan("10.2.0.0/24").slot("data", letter))).toEqual([
      "10.2.0.0/27",
      "10.2.0.32/27",
      "10.2.0.160/27",
    ]);
  });
});

describe("the address of a machine", () => {
  it.each(["10.0.0.151", "10.0.0.4", "10.0.0.254"])("may be %s in 10.0.0.0/24 (S3-R03)", (address) => {
    expect(hostAddressFault(address, "10.0.0.0/24")).toBeUndefined();
  });

  it.each([
    "10.0.1.151",
    "10.0.0.0151",
    "10.0.0",
    "10.0.0.256",
    "10.0.0.151/24",
    "::1",
    "",
  ])("may not be %j", (address) => {
    expect(hostAddressFault(address, "10.0.0.0/24")).toMatchObject({ want: "an IPv4 address in 10.0.0.0/24" });
  });

  it.each([
    "10.0.0.0",
    "10.0.0.1",
    "10.0.0.2",
    "10.0.0.3",
    "10.0.0.255",
  ])("may not be %s, which AWS keeps", (address) => {
    expect(hostAddressFault(address, "10.0.0.0/24")).toMatchObject({ want: expect.stringContaining("first four") });
  });
});
