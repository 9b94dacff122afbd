import { defineConfig } from "vitest/config";

export default defineConfig({
  cacheDir: ".vitest",
  test: { include: ["{src,modules,environments,scripts}/**/*.test.ts", "*.test.ts"], testTimeout: 60_000 },
});
