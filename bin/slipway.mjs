#!/usr/bin/env node
// Runs the program of this project: `src/cli/main.ts`, bundled with everything that it uses into one file. The bundle, and
// what V8 made of it, are kept in .slipway/ and made again when a source has changed. Types are checked
// elsewhere (`npm run types`), never here.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, ".slipway");
const require = createRequire(join(root, "package.json"));

/** Files that decide about the bundle without being part of it: how it is made, and which packages are installed. */
const others = ["bin/slipway.mjs", "package.json", "tsconfig.json", "node_modules/.package-lock.json"];

const digestBytes = 20;
const digest = (data) => createHash("sha1").update(data).digest();

/**
 * cdktf loads a library for zip files at start, for assets that are archives, and runs the file that does it as a program
 * of its own: both work only from cdktf's own file, loaded when the first asset is made.
 */
const loadRarelyUsedCodeLate = {
  name: "load rarely used code late",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^cdktf\/lib\/private\/fs\.js$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /cdktf[/\\]lib[/\\]private[/\\]fs\.js$/ }, () => {
      const functions = ["copySync", "archiveSync", "hashPath", "findFileAboveCwd"];
      const late = (name) => `exports.${name}=(...args)=>require("cdktf/lib/private/fs.js").${name}(...args);`;
      return { contents: functions.map(late).join("") };
    });
  },
};

const { file, source } = freshBundle() ?? (await build());
const { main } = run(file, source);
process.exitCode = await main(process.argv.slice(2), root);

/** The bundle of the last run, unless one of its sources has changed since. */
function freshBundle() {
  try {
    const { bundle, inputs } = JSON.parse(readFileSync(join(cache, "bundle.json"), "utf8"));
    if (Object.entries(inputs).some(([path, stamp]) => stampOf(path) !== stamp)) return undefined;
    return { file: join(cache, bundle), source: readFileSync(join(cache, bundle), "latin1") };
  } catch {
    return undefined; // None yet, or not readable: it is made again.
  }
}

/** When and how large; `""` for a file that is not there, so that its appearing is a change too. */
function stampOf(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs}:${stat.size}` : "";
}

async function build() {
  const { build: bundle } = await import("esbuild");
  // Taken before the build: who saves a file while it runs gets a new bundle in the next run.
  const started = Date.now();
  let result;
  try {
    result = await bundle({
      absWorkingDir: root,
      entryPoints: ["src/cli/main.ts"],
      outfile: join(cache, "bundle.cjs"),
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      format: "cjs",
      target: "node20.9",
      // As short as it gets with the names still there: error messages and stack traces show them.
      minifyWhitespace: true,
      minifySyntax: true,
      legalComments: "none",
      sourcemap: "linked",
      sourcesContent: false,
      logLevel: "silent",
      plugins: [loadRarelyUsedCodeLate],
    });
  } catch (error) {
    const { formatMessages } = await import("esbuild");
    const messages = error.errors ? await formatMessages(error.errors, { kind: "error" }) : [String(error)];
    process.stderr.write(`Slipway cannot be built:\n\n${messages.join("\n")}\n`);
    process.exit(1);
  }
  const [map, code] = [".map", ".cjs"].map((end) => result.outputFiles.find(({ path }) => path.endsWith(end)).text);
  const name = `${createHash("sha256").update(code).digest("hex").slice(0, 16)}.cjs`;
  const source = code.replace(/\/\/# sourceMappingURL=.*\s*$/, `//# sourceMappingURL=${name}.map\n`);
  const inputs = {};
  for (const path of [...Object.keys(result.metafile.inputs), ...others]) {
    if (path.includes("node_modules/") && !others.includes(path)) continue;
    const stamp = stampOf(path);
    inputs[path] = Number.parseFloat(stamp) >= started ? "changed while it was read" : stamp;
  }
  keep(() => {
    mkdirSync(cache, { recursive: true });
    // Folders are not ours: the suites keep their pictures here.
    for (const old of readdirSync(cache, { withFileTypes: true })) if (old.isFile()) rmSync(join(cache, old.name));
    put(join(cache, `${name}.map`), map);
    put(join(cache, name), source);
    put(join(cache, "bundle.json"), JSON.stringify({ bundle: name, inputs }));
  });
  return { file: join(cache, name), source };
}

/** Runs the bundle, compiled by V8 in an earlier run where that is possible. */
function run(file, source) {
  if (process.env.SLIPWAY_DEBUG === "1" && existsSync(file)) {
    // Node's own way is slower, and the only one in which stack traces show the sources.
    process.setSourceMapsEnabled(true);
    return require(file);
  }
  // V8 rejects what another version of it, or one with other flags, has compiled.
  const engine = [process.version, process.arch, process.env.NODE_OPTIONS, ...process.execArgv].join(" ");
  const compiled = `${file}.${digest(engine).toString("hex").slice(0, 8)}.v8`;
  const cachedData = readCompiled(compiled);
  const wrapped = `(function(exports,require,module,__filename,__dirname){${source}\n})`;
  const script = new Script(wrapped, { filename: file, cachedData });
  const module = { exports: {}, require };
  script.runInThisContext()(module.exports, require, module, file, dirname(file));
  if (cachedData === undefined || script.cachedDataRejected) {
    // At the end: by then V8 has compiled what such a run needs, and knows it.
    process.once("exit", () => keep(() => store(compiled, script.createCachedData())));
  }
  return module.exports;
}

/** V8 trusts what it finds in such a file, so a damaged one must not reach it: the file begins with a digest of the rest. */
function readCompiled(path) {
  try {
    const content = readFileSync(path);
    const data = content.subarray(digestBytes);
    return digest(data).equals(content.subarray(0, digestBytes)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function store(path, data) {
  put(path, Buffer.concat([digest(data), data]));
}

/** Whole or not at all: another process may be reading. */
function put(path, content) {
  writeFileSync(`${path}.${process.pid}`, content);
  renameSync(`${path}.${process.pid}`, path);
}

/** A cache that cannot be written costs time, nothing else. */
function keep(write) {
  try {
    write();
  } catch {}
}
