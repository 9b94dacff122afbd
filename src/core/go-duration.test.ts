import { describe, expect, it } from "vitest";
import { goDuration } from "./go-duration";

describe("a duration, as the engine gives it back", () => {
  it.each([
    [0, "0s"],
    [5, "5s"],
    [59, "59s"],
    [60, "1m0s"],
    [61, "1m1s"],
    [600, "10m0s"],
  ])("of %i seconds is %s", (seconds, text) => expect(goDuration(seconds)).toBe(text));
});
