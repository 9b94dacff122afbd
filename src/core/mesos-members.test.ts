import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressPlan, zoneLetters } from "./address-plan";
import { hostAddressFault } from "./flat-range";
import { hostAddress } from "./host-address";
import { fatalZone, hostNumber, memberNames, myidsOf, narrowestNetwork, zonesOf } from "./mesos-members";
import { majority } from "./quorum";

const three = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
const someZones = fc.uniqueArray(fc.constantFrom(...zoneLetters.map((letter) => `eu-west-1${letter}`)), {
  minLength: 1,
});
const sizes = fc.constantFrom(3, 5, 7);
const singles = ["management", "chef", "marathon", "sensu", "gocd"];
const all = [...singles, ...memberNames("zk", 7), ...memberNames("master", 5), ...memberNames("fe", 2)];

describe("the members of a quorum", () => {
  it("stand in the zones in turn, in the order of their names (S1-30, S1-32)", () => {
    expect(zonesOf(memberNames("zk", 5), three)).toEqual({
      "zk-1": "eu-west-1a",
      "zk-2": "eu-west-1b",
      "zk-3": "eu-west-1c",
      "zk-4": "eu-west-1a",
      "zk-5": "eu-west-1b",
    });
  });

  it("stand where they are told to, and move nobody else", () => {
    expect(zonesOf(memberNames("master", 3), three, { "master-1": "eu-west-1c" })).toEqual({
      "master-1": "eu-west-1c",
      "master-2": "eu-west-1b",
      "master-3": "eu-west-1c",
    });
  });

  it("never stand according to the order of a list", () => {
    fc.assert(
      fc.property(someZones, sizes, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (zones, count, keys) => {
        const shuffled = zones.map((zone, i) => [keys[i]!, zone] as const).sort(([a], [b]) => a - b);
        const other = [...shuffled.map(([, zone]) => zone), zones[0]!];
        expect(zonesOf(memberNames("zk", count), other)).toEqual(zonesOf(memberNames("zk", count), zones));
      }),
    );
  });

  it("stay where they are when a zone with a later letter is added, as long as there are no more of them than zones", () => {
    expect(zonesOf(memberNames("zk", 3), [...three, "eu-west-1d"])).toEqual(zonesOf(memberNames("zk", 3), three));
  });

  it("keep their majority whatever zone is lost, in three zones or more", () => {
    fc.assert(
      fc.property(someZones, sizes, (zones, count) => {
        const places = Object.values(zonesOf(memberNames("zk", count), zones));
        const lost = zones.some((zone) => places.filter((one) => one !== zone).length < majority(count));
        expect(fatalZone(places) !== undefined).toBe(lost);
        if (zones.length >= 3) expect(fatalZone(places)).toBeUndefined();
      }),
    );
  });

  it.each([
    [["a", "b", "c"], undefined],
    [["a", "b", "a"], { zone: "a", members: 2 }],
    [["a", "a", "a"], { zone: "a", members: 3 }],
    [["a", "b", "c", "a", "b"], undefined],
    [["a", "b", "b", "a", "b"], { zone: "b", members: 3 }],
  ])("in %j have %j as the zone that must not be lost", (zones, fatal) => expect(fatalZone(zones)).toEqual(fatal));
});

describe("a myid", () => {
  it("is the number in the name of the place, so that a wiped member comes back as itself (S1-32)", () => {
    expect(myidsOf(memberNames("zk", 3))).toEqual({ "zk-1": 1, "zk-2": 2, "zk-3": 3 });
  });

  it("stays with its place when the ensemble grows", () => {
    fc.assert(
      fc.property(sizes, sizes, (one, other) => {
        const [few, many] = [Math.min(one, other), Math.max(one, other)];
        expect(myidsOf(memberNames("zk", many))).toMatchObject(myidsOf(memberNames("zk", few)));
      }),
    );
  });

  it("is another one where the description says so, as for an ensemble that exists", () => {
    expect(myidsOf(memberNames("zk", 3), { "zk-2": 12 })).toEqual({ "zk-1": 1, "zk-2": 12, "zk-3": 3 });
  });
});

describe("an address that others know", () => {
  it("is that of no other machine, wherever they stand", () => {
    const numbers = all.filter((name) => name !== "chef").map(hostNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
    // The Chef server is one of management's three, and stands in its place.
    expect(hostNumber("chef")).toBe(hostNumber("management"));
  });

  it("is one that a subnet has and AWS does not keep, in every network and zone", () => {
    const widths = fc.integer({ min: 16, max: narrowestNetwork });
    fc.assert(
      fc.property(widths, fc.constantFrom(...zoneLetters), fc.constantFrom(...all), (prefix, letter, name) => {
        const tier = name.startsWith("fe-") ? "public" : "private";
        const subnet = addressPlan(`10.220.0.0/${prefix}`).slot(tier, letter);
        expect(hostAddressFault(hostAddress(subnet, hostNumber(name)), subnet)).toBeUndefined();
      }),
    );
  });

  it("does not exist for machines that come and go", () => {
    expect(() => hostNumber("agent-1")).toThrow("agent-1 has no address of its own");
  });
});
