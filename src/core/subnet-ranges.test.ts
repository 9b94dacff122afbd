import fc from "fast-check";
import { Netmask } from "netmask";
import { describe, expect, it } from "vitest";
import { addressPlan, overlaps, type Tier, zoneLetters } from "./address-plan";
import { privateAddressFault, publicRangesFault, withPublicRanges } from "./subnet-ranges";

const network = "10.0.0.0/16";
const dashboard = { a: "10.0.1.0/24", b: "10.0.2.0/24", c: "10.0.3.0/24" };

describe("ranges of one's own for public subnets", () => {
  it("may lie in the part that the plan leaves alone (S4-38)", () => {
    expect(publicRangesFault(network, dashboard)).toBeUndefined();
  });

  it("may lie in the slot that they take the place of", () => {
    expect(publicRangesFault(network, { a: "10.0.9.0/24" })).toBeUndefined();
  });

  it.each([
    [{ a: "10.0.1.1/24" }, "a", "the first address of its range", "did you mean 10.0.1.0/24?"],
    [{ a: "10.1.1.0/24" }, "a", "a part of 10.0.0.0/16 of at least a /28", "AWS makes no subnet below /28"],
    [{ b: "10.0.1.0/29" }, "b", "a part of 10.0.0.0/16 of at least a /28", "AWS makes no subnet below /28"],
    [{ a: "10.0.0.0/16" }, "a", "a part of 10.0.0.0/16 of at least a /28", "AWS makes no subnet below /28"],
    [{ a: "10.0.0.0/22", b: "10.0.3.0/24" }, "a", "apart from 10.0.3.0/24, the range of zone b", "its own"],
    [
      { c: "10.0.8.0/24" },
      "c",
      "apart from 10.0.8.0/21, which is kept for the public subnet of zone a",
      "free are 10.0.0.0 to 10.0.7.255, and 10.0.152.0 to 10.0.255.255",
    ],
    [{ a: "10.0.24.0/24" }, "a", "kept for the private subnet of zone a", "free are"],
  ])("%j are refused", (ranges, letter, want, fix) => {
    expect(publicRangesFault(network, ranges)).toEqual({
      letter,
      want: expect.stringContaining(want),
      fix: expect.stringContaining(fix),
    });
  });

  it("take the place of the plan's own, and of no other", () => {
    const plan = withPublicRanges(network, dashboard);
    expect(zoneLetters.slice(0, 4).map((letter) => plan.slot("public", letter))).toEqual([
      ...Object.values(dashboard),
      "10.0.80.0/21",
    ]);
    for (const tier of ["private", "data"] as const) {
      expect(plan.slot(tier, "a")).toBe(addressPlan(network).slot(tier, "a"));
    }
  });

  it("never meet another subnet of any zone when they are accepted", () => {
    const octet = fc.nat({ max: 255 });
    const range = fc
      .tuple(octet, octet, fc.integer({ min: 17, max: 28 }))
      .map(([third, fourth, prefix]) => new Netmask(`10.0.${third}.${fourth}/${prefix}`).toString());
    const tiers: readonly Tier[] = ["public", "private", "data"];
    fc.assert(
      fc.property(range, range, (a, b) => {
        fc.pre(publicRangesFault(network, { a, b }) === undefined);
        const plan = withPublicRanges(network, { a, b });
        const all = tiers.flatMap((tier) => zoneLetters.map((letter) => plan.slot(tier, letter)));
        expect(all.filter((one, i) => all.slice(i + 1).some((other) => overlaps(one, other)))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the address of a machine in a private subnet", () => {
  it.each(["10.0.24.10", "10.0.32.4", "10.0.39.254"])("may be %s", (address) => {
    expect(privateAddressFault(network, ["b", "a"], address)).toBeUndefined();
  });

  it.each([
    ["10.0.64.10", "an IPv4 address of a private subnet: 10.0.24.0/21, 10.0.32.0/21"],
    ["10.0.8.10", "an IPv4 address of a private subnet: 10.0.24.0/21, 10.0.32.0/21"],
    ["10.0.24.010", "an IPv4 address of a private subnet: 10.0.24.0/21, 10.0.32.0/21"],
    ["10.0.24.3", "none of the first four addresses of its subnet, nor the last"],
    ["10.0.39.255", "none of the first four addresses of its subnet, nor the last"],
  ])("is not %s", (address, want) => {
    expect(privateAddressFault(network, ["b", "a"], address)).toMatchObject({ want, fix: expect.any(String) });
  });
});
