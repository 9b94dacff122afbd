import { join } from "node:path";
import { defineConfig } from "vitest/config";

const reports = process.env.SLIPWAY_TEST_REPORTS;

/** Tests that start real things: with time to wait for them, and two files at once, as most of it is waiting. */
export default defineConfig({
  cacheDir: ".vitest",
  test: {
    include: ["e2e/**/*.test.ts"],
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: reports ? ["default", ["json", { outputFile: join(reports, "e2e.json") }]] : ["default"],
  },
});
