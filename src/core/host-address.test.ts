import { describe, expect, it } from "vitest";
import { hostAddress } from "./host-address";

describe("the address with a number in a range", () => {
  it.each([
    ["10.200.24.0/21", 0, "10.200.24.0"],
    ["10.200.24.0/21", 10, "10.200.24.10"],
    ["10.200.24.0/21", 300, "10.200.25.44"],
    ["10.0.0.16/28", 15, "10.0.0.31"],
  ])("%s, %i is %s", (cidr, number, address) => {
    expect(hostAddress(cidr, number)).toBe(address);
  });

  it.each([-1, 16, Number.NaN])("does not exist outside: %d of a /28", (number) => {
    expect(() => hostAddress("10.0.0.16/28", number)).toThrow("10.0.0.16/28 has 16 addresses");
  });
});
