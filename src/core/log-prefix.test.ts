import { describe, expect, it } from "vitest";
import { logPrefixFault } from "./log-prefix";

describe("the prefix of access logs", () => {
  it.each(["entrance", "shop/production", "a.b_c-1"])("may be %j", (prefix) => {
    expect(logPrefixFault(prefix)).toBeUndefined();
  });

  it.each([
    "",
    "/entrance",
    "entrance/",
    "a//b",
    "a b",
    "AWSLogs",
    "shop/AWSLogs",
    "shop-AWSLogs-2",
    "*",
  ])("may not be %j, which AWS refuses or reads in another way", (prefix) => {
    expect(logPrefixFault(prefix)?.want).toBe(
      "folders of letters, digits and ._+@- between single slashes, without AWSLogs",
    );
  });
});
