import { join } from "node:path";
import { defineConfig } from "vitest/config";

const reports = process.env.SLIPWAY_TEST_REPORTS;

/** Tests that start real things: with time to wait for them, and three files at once, as most of it is waiting. */
export default defineConfig({
  cacheDir: ".vitest",
  test: {
    include: ["e2e/**/*.test.ts"],
    maxWorkers: 3,
    testTimeout: 600_000,
    hookTimeout: 900_000,
    reporters: reports ? ["default", ["json", { outputFile: join(reports, "e2e.json") }]] : ["default"],
  },
});
