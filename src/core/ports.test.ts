import { describe, expect, it } from "vitest";
import { type Ports, portsText, samePorts } from "./ports";

describe("ports", () => {
  it.each<[Ports, string]>([
    [443, "443"],
    [{ from: 443, to: 443 }, "443"],
    [{ from: 1000, to: 2000 }, "1000-2000"],
  ])("%j are written as %s", (ports, text) => {
    expect(portsText(ports)).toBe(text);
  });

  it.each<[Ports, Ports | undefined, boolean]>([
    [443, 443, true],
    [443, { from: 443, to: 443 }, true],
    [443, { from: 443, to: 444 }, false],
    [443, 80, false],
    [443, undefined, false],
  ])("%j and %j are the same: %s", (one, other, same) => {
    expect(samePorts(one, other)).toBe(same);
  });
});
