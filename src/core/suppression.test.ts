import { describe, expect, it } from "vitest";
import { isDay } from "./suppression";

describe("a day of the calendar", () => {
  it.each(["2026-12-31", "2028-02-29", "2000-01-01"])("is %s", (text) => expect(isDay(text)).toBe(true));

  it.each([
    "2026-02-30",
    "2027-02-29",
    "2026-13-01",
    "2026-00-10",
    "26-01-01",
    "2026-1-1",
    "2026-12-31T00:00",
    "",
    "never",
  ])("is not %j", (text) => expect(isDay(text)).toBe(false));
});
