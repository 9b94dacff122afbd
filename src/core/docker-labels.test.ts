import { describe, expect, it } from "vitest";
import { labelBlocks } from "./docker-labels";

describe("labels", () => {
  it("come in the order of their names, however they were written", () => {
    const [b, a] = [
      { label: "b", value: "2" },
      { label: "a", value: "1" },
    ];
    expect(labelBlocks({ b: "2", a: "1" })).toEqual([a, b]);
  });
});
