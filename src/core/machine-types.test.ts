import { describe, expect, it } from "vitest";
import { machineType, machineTypes, similarTypes, unknownTypeFix } from "./machine-types";

describe("the table of machine types", () => {
  it.each([
    ["t2.micro", 1, 1024, "x86_64", 2],
    ["t3.nano", 2, 512, "x86_64", 2],
    ["t3.small", 2, 2048, "x86_64", 3],
    ["t3a.small", 2, 2048, "x86_64", 2],
    ["t4g.small", 2, 2048, "arm64", 3],
    ["m5.large", 2, 8192, "x86_64", 3],
    ["m7i.large", 2, 8192, "x86_64", 3],
    ["m7i-flex.xlarge", 4, 16_384, "x86_64", 4],
    ["m6g.medium", 1, 4096, "arm64", 2],
    ["c5.9xlarge", 36, 73_728, "x86_64", 8],
    ["c7g.2xlarge", 8, 16_384, "arm64", 4],
    ["r7g.16xlarge", 64, 524_288, "arm64", 15],
  ] as const)("knows what a %s offers", (name, vcpus, memoryMib, architecture, networkInterfaces) => {
    expect(machineType(name)).toEqual({ name, vcpus, memoryMib, architecture, networkInterfaces });
  });

  it("names every type once", () => {
    expect(new Set(machineTypes.map(({ name }) => name)).size).toBe(machineTypes.length);
  });

  it("grows within a family, so that the first type with enough room is the smallest one", () => {
    for (const [i, type] of machineTypes.entries()) {
      const previous = machineTypes[i - 1];
      if (previous?.name.split(".")[0] !== type.name.split(".")[0]) continue;
      expect(type.memoryMib, type.name).toBeGreaterThan(previous!.memoryMib);
    }
  });

  it.each(["t9.micro", "t3", "t3.Small", "", "m5.metal"])("does not know %j", (name) => {
    expect(machineType(name)).toBeUndefined();
  });

  it.each([
    ["t9.micro", ["t2.micro", "t3.micro", "t3a.micro"]],
    ["t3.smal", ["t3.small", "t3a.small", "t2.small"]],
    ["T3.SMALL ", ["t3.small", "t2.small", "t3a.small"]],
    ["a machine", []],
  ])("suggests for %j what may have been meant (bad input 78)", (name, expected) => {
    expect(similarTypes(name).sort()).toEqual([...expected].sort());
  });

  it("says how old it is, and where a newer type goes", () => {
    expect(unknownTypeFix("t3.smal")).toMatch(
      /^did you mean t3\.small, .*released after \d{4}-\d\d-\d\d needs a line in/,
    );
    expect(unknownTypeFix("a machine")).toMatch(/^A type that AWS released/);
  });
});
