import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers, coversRequests, specificity } from "./listener-patterns";

const pattern = fc
  .array(fc.constantFrom("a", "b", "/", "*", "?"), { maxLength: 6 })
  .map((characters) => `/${characters.join("")}`);
const text = fc
  .array(fc.constantFrom("a", "b", "/", "x"), { maxLength: 7 })
  .map((characters) => `/${characters.join("")}`);

/** The same question asked by other means: the pattern as a regular expression. */
const matches = (glob: string, path: string) =>
  new RegExp(`^${glob.replace(/\*/g, ".*").replace(/\?/g, ".")}$`).test(path);

describe("a pattern covers another", () => {
  it.each([
    ["/*", "/", true],
    ["/*", "/shop/*", true],
    ["/shop/*", "/*", false],
    ["/shop*", "/shop/*", true],
    ["/shop/*", "/shop", false],
    ["/shop/*", "/shop/a/b/c", true],
    ["/a?c", "/abc", true],
    ["/a?c", "/a*c", false],
    ["/a*c", "/a?c", true],
    ["/a**", "/a*", true],
    ["/*?x", "/*ax", true],
    ["/?*", "/*?", true],
    ["/*.php", "/wp-admin/*.php", true],
    ["/*a*", "/*b*", false],
    ["/shop", "/Shop", false],
  ])("%s and %s: %s", (wide, narrow, expected) => expect(covers(wide, narrow)).toBe(expected));

  it("only if each text that the narrow one matches is matched by the wide one", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (wide, narrow, path) => {
        if (covers(wide, narrow) && matches(narrow, path)) expect(matches(wide, path)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it("whenever no text tells otherwise, with wildcards filled by up to three strange characters", () => {
    const filled = (narrow: string): string[] => {
      const at = narrow.search(/[*?]/);
      if (at < 0) return [narrow];
      const fillings = narrow[at] === "?" ? ["x"] : ["", "x", "xx", "xxx", "xxxxxxxx"];
      return fillings.flatMap((filling) => filled(narrow.slice(0, at) + filling + narrow.slice(at + 1)));
    };
    fc.assert(
      fc.property(pattern, pattern, (wide, narrow) => {
        expect(covers(wide, narrow)).toBe(filled(narrow).every((path) => matches(wide, path)));
      }),
      { numRuns: 3_000 },
    );
  });

  it("in a time that does not explode with the wildcards", { timeout: 20_000 }, () => {
    expect(covers(`/${"*a".repeat(60)}`, `/${"*b?".repeat(40)}`)).toBe(false);
    expect(covers(`/${"*a".repeat(40)}*`, `/${"*a".repeat(60)}`)).toBe(true);
  });

  it("requests only if both host and path do", () => {
    const shop = { host: "shop.example.com", path: "/cart/*" };
    expect(coversRequests({ host: "*.example.com", path: "/*" }, shop)).toBe(true);
    expect(coversRequests({ host: "*", path: "/cart/*" }, shop)).toBe(true);
    expect(coversRequests({ host: "blog.example.com", path: "/*" }, shop)).toBe(false);
    expect(coversRequests(shop, { host: "*", path: "/cart/*" })).toBe(false);
  });
});

describe("how narrowly a rule matches", () => {
  it.each([
    ["/", "*", { depth: 0, host: 2, path: 0 }],
    ["/*", "*", { depth: 0, host: 2, path: 1 }],
    ["/*/*", "*", { depth: 0, host: 2, path: 1 }],
    ["/*", "shop.example.com", { depth: 0, host: 0, path: 1 }],
    ["/*", "*.example.com", { depth: 0, host: 1, path: 1 }],
    ["/shop*", "*", { depth: 1, host: 2, path: 1 }],
    ["/shop/*/cart", "*", { depth: 2, host: 2, path: 1 }],
    ["/a/b/c/d", "*", { depth: 3, host: 2, path: 0 }],
  ])("%s on %s", (path, host, expected) => expect(specificity({ path, host })).toEqual(expected));

  it("never ranks a rule before one that it covers", () => {
    const host = fc.constantFrom("*", "*.example.com", "*.shop.example.com", "a.shop.example.com", "example.com");
    const patterns = fc.record({ path: pattern, host });
    const rank = (of: ReturnType<typeof specificity>) => (3 - of.depth) * 100 + of.host * 10 + of.path;
    fc.assert(
      fc.property(patterns, patterns, (wide, narrow) => {
        fc.pre(coversRequests(wide, narrow));
        expect(rank(specificity(narrow))).toBeLessThanOrEqual(rank(specificity(wide)));
      }),
      { numRuns: 1_000 },
    );
  });
});
