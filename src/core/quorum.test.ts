import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { majority, majorityLostWith } from "./quorum";

describe("a quorum", () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [7, 4],
  ])("of %i members is %i", (members, quorum) => expect(majority(members)).toBe(quorum));

  it("is such that no two can be there at once, and one more member than it excludes can fail", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), (members) => {
        expect(2 * majority(members)).toBeGreaterThan(members);
        expect(2 * (majority(members) - 1)).toBeLessThanOrEqual(members);
      }),
    );
  });

  it.each([
    [3, 1, true],
    [3, 2, true],
    [3, 3, false],
    [5, 2, true],
    [5, 3, false],
    [7, 3, false],
    [7, 2, true],
  ])("of %i members over %i zones is lost with a zone: %s", (members, zones, lost) => {
    expect(majorityLostWith(members, zones)).toBe(lost);
  });
});
