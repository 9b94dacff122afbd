import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from ".";

const folder = join(__dirname, "rules");
const files = readdirSync(folder).filter((file) => /^[a-z0-9]+-\d+-.*\.ts$/.test(file));

describe("the folder of rules", () => {
  it("has one small file per rule, named by its id, and each is listed", () => {
    const ids = files.map((file) => file.match(/^([a-z0-9]+-\d+)-/)![1]!.toUpperCase());
    expect(ids.sort()).toEqual(rules.map(({ id }) => id).sort());
    const long = files.filter((file) => readFileSync(join(folder, file), "utf8").split("\n").length > 80);
    expect(long).toEqual([]);
  });

  it("has a specification for every rule", () => {
    const tests = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
    const specifications = tests.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    const unspecified = files
      .map((file) => readFileSync(join(folder, file), "utf8").match(/^export const (\w+)/m)![1]!)
      .filter((name) => !new RegExp(`specify\\(${name},|\\b${name}\\.title`).test(specifications));
    expect(unspecified).toEqual([]);
  });
});
