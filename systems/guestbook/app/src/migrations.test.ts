import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { migrations } from "./migrations";

it("every migration is listed under the name of its file, in the order of its number (S0-R05)", () => {
  const files = readdirSync(`${__dirname}/migrations`).filter((file) => file !== "index.ts");
  const names = files
    .map((file) => file.replace(/\.ts$/, ""))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  expect(Object.keys(migrations)).toEqual(names);
});
