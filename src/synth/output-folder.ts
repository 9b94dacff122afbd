import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { takeLock } from "./lock";
import { explainOutputFailure } from "./output-error";
import { stableJson } from "./stable-json";

/** What Terraform makes again by itself, and what a synthesis makes. Everything else in a stack's folder is precious. */
const disposable = new Set([".terraform", ".terraform.lock.hcl", "assets", "cdk.tf.json", "plan"]);

export interface OutputFolderOptions {
  /** The folder, absolute. */
  readonly out: string;
  /** Keep the stacks that are there and not in the new output: it holds a part of the environments only. */
  readonly partial: boolean;
  /** Leave an empty folder for a stack that is gone: the cdktf CLI wants to delete it itself. */
  readonly keepEmptyFolders: boolean;
}

/**
 * Lets `produce` write a complete output into an empty folder, and puts it in place of the previous output.
 *
 * Everything happens in `<out>/.slipway`, so `out` may be a mount point or a link, and needs no rights on its parent:
 *
 * 1. `next/` is written and checked. Whatever fails before step 2 leaves the previous output untouched.
 * 2. `next` is renamed to `ready`. From here the new output counts.
 * 3. Each file is renamed from `ready` to its place, the manifest last. A reader never sees half a file.
 *
 * Terraform's own files stay where they are the whole time: only ours are replaced. Who is killed in step 3 leaves `ready`,
 * and the next run finishes the step before it does anything else; doing it twice does no harm.
 *
 * @returns remarks for the user
 */
export function replaceOutput(options: OutputFolderOptions, produce: (folder: string) => string[]): string[] {
  const { out } = options;
  const work = join(out, ".slipway");
  const next = join(work, "next");
  const existed = existsSync(out);
  const release = atOutput(out, () => takeLock(join(work, "lock")));
  try {
    const remarks = atOutput(out, () => finish(options));
    atOutput(out, () => {
      for (const entry of readdirSync(work)) if (entry !== "lock") rmSync(join(work, entry), { recursive: true });
      mkdirSync(join(next, "stacks"), { recursive: true });
    });
    remarks.push(...produce(next));
    return atOutput(out, () => {
      if (options.partial) addToManifest(join(next, "manifest.json"), out);
      renameSync(next, join(work, "ready"));
      return [...remarks, ...finish(options)];
    });
  } finally {
    rmSync(next, { recursive: true, force: true });
    release();
    removeIfEmpty(work);
    if (!existed) removeIfEmpty(out);
  }
}

function atOutput<T>(out: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explainOutputFailure(out, error);
  }
}

/** Step 3. */
function finish({ out, keepEmptyFolders }: OutputFolderOptions): string[] {
  const ready = join(out, ".slipway", "ready");
  if (!existsSync(ready)) return [];
  const remarks: string[] = [];
  for (const stack of foldersIn(join(ready, "stacks"))) {
    const to = join(out, "stacks", stack);
    if (restore(out, stack)) remarks.push(`stacks/${stack} is back, with the files kept in removed/${stack}.`);
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(join(ready, "stacks", stack))) {
      const from = join(ready, "stacks", stack, entry);
      if (statSync(from).isDirectory()) rmSync(join(to, entry), { recursive: true, force: true });
      renameSync(from, join(to, entry));
    }
  }
  if (existsSync(join(ready, "manifest.json"))) renameSync(join(ready, "manifest.json"), join(out, "manifest.json"));
  const described = stacksOf(join(out, "manifest.json"));
  for (const stack of foldersIn(join(out, "stacks"))) {
    if (!(stack in described)) remarks.push(...remove(out, stack));
    if (!(stack in described) && keepEmptyFolders) mkdirSync(join(out, "stacks", stack), { recursive: true });
  }
  rmSync(ready, { recursive: true });
  return remarks;
}

/**
 * Takes away the folder of a stack that is not described any more. One that holds a state file, or anything that nobody can
 * make again, moves to `removed/`, complete and at the same depth, so that `terraform destroy` still works in it.
 */
function remove(out: string, stack: string): string[] {
  const folder = join(out, "stacks", stack);
  const precious = readdirSync(folder).filter((entry) => !disposable.has(entry));
  const still = "What it deployed still exists: Terraform destroys only what is described when it runs.";
  if (precious.length === 0) {
    const synthesized = existsSync(join(folder, "cdk.tf.json"));
    rmSync(folder, { recursive: true });
    return synthesized ? [`stacks/${stack} is described no more; its folder is gone. ${still}`] : [];
  }
  mkdirSync(join(out, "removed"), { recursive: true });
  renameSync(folder, free(join(out, "removed", stack)));
  return [
    `stacks/${stack} is described no more; it moved to removed/, because it holds ${precious.join(", ")}. ${still}`,
  ];
}

function restore(out: string, stack: string): boolean {
  const kept = join(out, "removed", stack);
  if (!existsSync(kept) || existsSync(join(out, "stacks", stack))) return false;
  mkdirSync(join(out, "stacks"), { recursive: true });
  renameSync(kept, join(out, "stacks", stack));
  removeIfEmpty(join(out, "removed"));
  return true;
}

/** The path, or the first of `path-2`, `path-3`, … that nothing has. */
function free(path: string): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? path : `${path}-${count}`;
    if (!existsSync(candidate)) return candidate;
  }
}

/** Stacks that were there and still have a folder stay listed, so that the cdktf CLI finds them. */
function addToManifest(path: string, out: string): void {
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  const kept = Object.entries(stacksOf(join(out, "manifest.json"))).filter(([stack]) =>
    existsSync(join(out, "stacks", stack, "cdk.tf.json")),
  );
  writeFileSync(path, stableJson({ ...manifest, stacks: { ...Object.fromEntries(kept), ...manifest.stacks } }));
}

function stacksOf(manifest: string): Record<string, unknown> {
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).stacks : {};
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, or not there.
  }
}
