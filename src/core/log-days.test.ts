import { describe, expect, it } from "vitest";
import { logDaysFault } from "./log-days";

describe("the days that a log is kept", () => {
  it.each([1, 30, 365, 3288, 3653])("may be %d", (days) => expect(logDaysFault(days)).toBeUndefined());

  it.each([
    [0, 1],
    [2, 3],
    [366, 400],
    [3289, 3653],
    [4000, 3653],
    [Number.NaN, 3653],
  ])("may not be %d: it becomes %d", (days, next) => {
    expect(logDaysFault(days)).toEqual({
      want: expect.stringMatching(/^one of 1, 3, 5, 7, 14, 30, /),
      fix: `use ${next}`,
    });
  });
});
