import { describe, expect, it } from "vitest";
import { columns, counted, kilobytes } from "./print";

describe("what a command prints", () => {
  it("aligns names to the left and numbers to the right", () => {
    expect(
      columns([
        ["stack", "size"],
        ["a-long-name", "7"],
      ]),
    ).toBe("stack        size\na-long-name     7");
  });

  it.each([
    [0, "0 kB"],
    [1, "1 kB"],
    [48_001, "49 kB"],
    [1_234_567, "1235 kB"],
  ])("rounds %i bytes up to %s, in every locale", (bytes, text) => expect(kilobytes(bytes)).toBe(text));

  it("counts one and many", () => expect([counted(1, "stack"), counted(4, "stack")]).toEqual(["1 stack", "4 stacks"]));
});
