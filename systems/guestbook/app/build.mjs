// Bundles each program of the application into one file, which needs Node and nothing else. The folder for them may be given;
// otherwise it is dist/, made anew.
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const outdir = process.argv[2] ?? dist;

rmSync(dist, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: ["server", "migrate", "health-check"].map((name) => `src/${name}.ts`),
  outdir,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  // A driver in C that would be used if it were installed; it is not.
  external: ["pg-native"],
  // Some packages are CommonJS, and ask for Node's own modules by `require`, which a module does not have by itself.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module";\nconst require = requireFrom(import.meta.url);',
  },
  legalComments: "none",
  logLevel: "warning",
});
