// npm run bench [-- --rounds 7] [-- --rows ours,load-only]
//
// Whole processes, from start to exit, as a user starts them. Rounds are interleaved: each runs every row once, so that a
// machine that is slow for a while is slow for all of them. Medians count, and ratios more than seconds.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { build } from "esbuild";
import { descriptionOf } from "./description.mjs";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, rows: { type: "string" } },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "slipway-bench-"));
const require = createRequire(import.meta.url);

const out = (name) => ["--out", join(work, "out", name)];
const slipway = (name, ...args) => ["bin/slipway.mjs", "synth", ...out(name), ...args];
const rows = [
  { name: "bare Node", key: "bare", args: ["-e", "0"] },
  { name: "load only", key: "load-only", args: [await loadOnly()] },
  {
    name: "slipway synth",
    key: "ours",
    args: ["bin/slipway.mjs", "synth"],
    env: { CDKTF_OUTDIR: join(work, "out/ours") },
  },
  { name: "  by cdktf's own code", key: "plain", args: slipway("plain"), env: { SLIPWAY_PLAIN_SYNTH: "1" } },
  { name: "the same with tsx", key: "tsx", args: ["--import", "tsx", "bench/entry.ts", "synth", ...out("tsx")] },
  {
    name: "the same with ts-node, types checked",
    key: "ts-node",
    args: ["-r", "ts-node/register", "bench/entry.ts", "synth", ...out("ts-node")],
    env: { TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs","moduleResolution":"node10","esModuleInterop":true}' },
  },
  ...[50, 200, 1000].map((services) => ({
    name: `slipway synth, ${services} services`,
    key: `services-${services}`,
    services,
    args: slipway(`services-${services}`, "--environments", environmentsWith(services)),
  })),
].filter(({ key }) => !options.rows || options.rows.split(",").includes(key));

try {
  measure(rows); // Makes bundles and caches, and warms the disk's; not counted.
  const rounds = Array.from({ length: Number(options.rounds) }, () => measure(rows));
  print(rows.map((row, index) => ({ ...row, ...summary(rounds.map((round) => round[index])) })));
} finally {
  rmSync(work, { recursive: true });
}

/** A program that loads every package that ours loads, and does nothing. */
async function loadOnly() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/cli/main.ts"],
    bundle: true,
    write: false,
    metafile: true,
    outfile: "none.js",
    packages: "external",
    platform: "node",
    format: "cjs",
  });
  // What is imported when it is needed (`import()`) is not needed here.
  const [{ imports }] = Object.values(metafile.outputs);
  const packages = imports.filter(
    ({ external, kind, path }) => external && kind !== "dynamic-import" && !isBuiltin(path),
  );
  const program = join(work, "load-only.cjs");
  const lines = [...new Set(packages.map(({ path }) => path))].map(
    (path) => `require(${JSON.stringify(require.resolve(path))});`,
  );
  writeFileSync(program, lines.join("\n"));
  return program;
}

function isBuiltin(path) {
  return path.startsWith("node:") || require("node:module").builtinModules.includes(path);
}

function environmentsWith(services) {
  const folder = join(work, `environments-${services}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "bench.yaml"), descriptionOf(services));
  return folder;
}

/** Runs every row once. */
function measure(rows) {
  return rows.map(({ name, args, env }) => {
    const report = join(work, "report");
    const started = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, ["-r", join(root, "bench/measure.cjs"), ...args], {
      cwd: root,
      env: { ...process.env, ...env, BENCH_REPORT: report },
      encoding: "utf8",
    });
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    if (status !== 0) throw new Error(`${name} failed:\n${stderr}`);
    return { seconds, megabytes: Number(readFileSync(report, "utf8")) };
  });
}

function summary(runs) {
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    megabytes: median(runs.map(({ megabytes }) => megabytes)),
  };
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function print(results) {
  const base = results.find(({ key }) => key === "load-only")?.seconds;
  const table = new Table({
    head: ["whole process", "time", "to load only", "peak memory", "per service"],
    colAligns: ["left", "right", "right", "right", "right"],
    style: { head: [], border: [] },
  });
  for (const { name, seconds, megabytes, services } of results) {
    table.push([
      name,
      `${Math.round(seconds * 1000)} ms`,
      base ? `${(seconds / base).toFixed(2)}x` : "",
      `${Math.round(megabytes)} MB`,
      services ? `${((seconds * 1000) / services).toFixed(2)} ms` : "",
    ]);
  }
  console.log(table.toString());
  console.log(
    `Node ${process.version}, ${availableParallelism()} processors, medians of ${options.rounds} interleaved runs`,
  );
}
