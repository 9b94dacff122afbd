import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

type Lock = { packages: Record<string, { version?: string; resolved?: string }> };
const lock = (folder: string): Lock => JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
/** Types, which end with the build; npm takes the newest of those that nobody asks for. */
const noPartOfIt = /^(@types\/|undici-types@)/;
const nameOf = (path: string) => path.replace(/^.*node_modules\//, "");

it("the image is built from the packages that the tests have run with (S0-16, S0-33)", () => {
  const packagesOf = (folder: string) =>
    Object.entries(lock(folder).packages)
      .filter(([path]) => path.includes("node_modules/"))
      .map(([path, { version }]) => `${nameOf(path)}@${version}`);
  const tested = new Set(packagesOf(join(__dirname, "../../..")));
  const built = packagesOf(__dirname).filter((name) => !noPartOfIt.test(name));
  expect(built.length).toBeGreaterThan(10);
  expect(built.filter((name) => !tested.has(name))).toEqual([]);
});

it("the lock file asks for what package.json asks for, from whichever registry npm is told to use", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(__dirname, "package.json"), "utf8"));
  const { packages } = lock(__dirname);
  expect(packages[""]).toMatchObject({ dependencies, devDependencies });
  expect(Object.values(packages).filter(({ resolved }) => resolved)).toEqual([]);
});
