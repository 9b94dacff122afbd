import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Where `.ci/run` wants a report that it can count. */
const reports = process.env.SLIPWAY_TEST_REPORTS;

export default defineConfig({
  cacheDir: ".vitest",
  test: {
    include: ["{src,modules,environments,scripts,systems}/**/*.test.ts"],
    globalSetup: ["src/testing/say-what-is-left-out.ts"],
    testTimeout: 60_000,
    reporters: reports ? ["default", ["json", { outputFile: join(reports, "unit.json") }]] : ["default"],
  },
});
