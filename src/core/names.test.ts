import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generationName, nameLimits, physicalName } from "./names";

describe("a physical name", () => {
  it.each([
    [["wordpress", "dev", "public"], 32, "wordpress-dev-public"],
    [["WordPress", "dev"], 32, "wordpress-dev"],
    [["a_b", "c.d"], 32, "a-b-c-d"],
    [["--a--", "b"], 32, "a-b"],
  ])("of %j within %i characters is %s", (words, limit, name) => {
    expect(physicalName(words, limit)).toBe(name);
  });

  it("fits, whatever the words, and is one that AWS accepts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[A-Za-z][\w.-]{0,40}$/), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 20, max: 255 }),
        (words, limit) => {
          const name = physicalName(words, limit);
          expect(name.length).toBeLessThanOrEqual(limit);
          expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        },
      ),
    );
  });

  it("keeps long names apart that are alike at the beginning", () => {
    const [a, b] = ["one", "two"].map((end) =>
      physicalName(["production", "x".repeat(40), end], nameLimits.targetGroup),
    );
    expect(a).not.toBe(b);
    expect(a!.length).toBe(32);
  });
});

describe("the name of a generation", () => {
  it("stays while nothing changes that would replace the resource, and changes with it (problem 11)", () => {
    const name = (port: number) => generationName(["wordpress", "dev"], [{ port }], 32);
    expect(name(80)).toBe(name(80));
    expect(name(80)).not.toBe(name(81));
    expect(name(80)).toMatch(/^wordpress-dev-[0-9a-f]{6}$/);
  });

  it("keeps its hash when it has to be cut", () => {
    expect(generationName(["x".repeat(60)], [1], 32)).toMatch(/^x{25}-[0-9a-f]{6}$/);
  });
});
