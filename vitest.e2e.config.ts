import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const reports = process.env.SLIPWAY_TEST_REPORTS;

/** The files that take minutes, the longest first. */
const longest = ["machine/machine", "puppet/puppet", "terraform/lifecycle", "swarm/swarm", "desktop/desktop"];

/** Starts what takes longest first: it would be what everything waits for at the end otherwise. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.endsWith(`/e2e/${name}.test.ts`));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

/** Tests that start real things: with time to wait for them, and three files at once, as most of it is waiting. */
export default defineConfig({
  cacheDir: ".vitest",
  test: {
    include: ["e2e/**/*.test.ts"],
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 600_000,
    hookTimeout: 900_000,
    reporters: reports ? ["default", ["json", { outputFile: join(reports, "e2e.json") }]] : ["default"],
  },
});
