import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Json, stableJson } from "./stable-json";

// What cdktf writes with, as installed beside it.
const beside = createRequire(createRequire(__filename).resolve("cdktf"));
const stringify = beside("json-stable-stringify") as (value: unknown, options: object) => string;

describe("the JSON of a stack", () => {
  it("has the bytes that cdktf would write, whatever it holds", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), (value) => {
        expect(stableJson(value as Json)).toBe(stringify(value, { space: 2 }));
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, Json]>([
    ["empty blocks and lists", { a: {}, b: [], c: [{}] }],
    ["members without a value", { a: undefined, b: null }],
    ["numbers that JSON writes in its own way", [0, -0, 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY]],
    ["keys that look like indexes, in the order of text", { 10: "a", 9: "b", a: "c" }],
    ["text that JSON escapes", ['"', "\\", "\n", "\u2028", "\ud800", "é", "\u007f", "</script>"]],
  ])("writes %s like cdktf", (_, value) => {
    expect(stableJson(value)).toBe(stringify(value, { space: 2 }));
  });
});
