import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { App } from "cdktf";
import { NeedsPlainSynth, neverAskTerraform, synthFast, withoutCreationStacks } from "./fast-app";
import { replaceOutput } from "./output-folder";

/** A stack as Terraform will read it. */
export interface SynthesizedStack {
  readonly name: string;
  /** Parsed `cdk.tf.json`. */
  readonly document: Record<string, unknown>;
  /** Size of `cdk.tf.json`. */
  readonly bytes: number;
  /** Attached to constructs with `Annotations`; errors stop the synthesis instead. */
  readonly warnings: readonly string[];
}

export interface SynthesizeOptions {
  /** Makes the app with all its stacks. Called again, with the same folder, when cdktf's own synthesis has to take over. */
  readonly build: (outdir: string) => App;
  /** Where the output goes, absolute. */
  readonly out: string;
  /**
   * The gate: throws to refuse. The previous output is then left as it was.
   * @default - everything passes
   */
  readonly check?: (stacks: readonly SynthesizedStack[]) => void;
  /**
   * Committed `.terraform.lock.hcl` to copy beside each stack, so that every machine uses the same provider binaries.
   * @default - Terraform keeps the lock file of each stack by itself
   */
  readonly lockFile?: string;
  /** @default false */
  readonly partial?: boolean;
  /** @default false */
  readonly keepEmptyFolders?: boolean;
  /**
   * Leave everything to cdktf: slower, the same bytes.
   * @default false
   */
  readonly plain?: boolean;
}

export interface Synthesis {
  readonly stacks: readonly SynthesizedStack[];
  /** What the user should know about the output folder. */
  readonly remarks: readonly string[];
  /** Why cdktf's own synthesis took over, if it did. */
  readonly slowBecause: string | undefined;
}

/** Writes every stack of an app, checks them, and only then replaces the previous output. */
export function synthesize(options: SynthesizeOptions): Synthesis {
  const { build, out, check = () => {}, lockFile, plain = false, partial = false, keepEmptyFolders = false } = options;
  neverAskTerraform();
  let stacks: readonly SynthesizedStack[] = [];
  let slowBecause: string | undefined;
  const remarks = replaceOutput({ out, partial, keepEmptyFolders }, (folder) => {
    slowBecause = plain ? "asked for" : tryFast(build, folder);
    if (slowBecause !== undefined) build(folder).synth();
    stacks = readStacks(folder);
    check(stacks);
    return stacks.flatMap(({ name }) => (lockFile ? copyLockFile(lockFile, { folder, out, name }) : []));
  });
  return { stacks, remarks, slowBecause };
}

/** @returns why cdktf's own synthesis has to take over */
function tryFast(build: (outdir: string) => App, folder: string): string | undefined {
  return withoutCreationStacks(() => {
    const app = build(folder);
    try {
      synthFast(app);
      return undefined;
    } catch (error) {
      // A failure is repeated in cdktf's own way too: it knows more about it, and has the last word.
      rmSync(join(folder, "stacks"), { recursive: true });
      return error instanceof NeedsPlainSynth ? error.message : `a failure: ${error}`;
    }
  });
}

interface Manifest {
  readonly stacks: Record<
    string,
    { readonly synthesizedStackPath: string; readonly annotations: readonly Annotation[] }
  >;
}

interface Annotation {
  readonly constructPath: string;
  readonly message: string;
}

function readStacks(folder: string): SynthesizedStack[] {
  const { stacks } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
  return Object.entries(stacks).map(([name, { synthesizedStackPath, annotations }]) => {
    const text = readFileSync(join(folder, synthesizedStackPath));
    return {
      name,
      document: JSON.parse(text.toString()),
      bytes: text.length,
      warnings: annotations.map(({ constructPath, message }) => `${constructPath}: ${message}`),
    };
  });
}

/** The committed file wins over one that `terraform init` wrote, and says so. */
function copyLockFile(
  lockFile: string,
  { folder, out, name }: { folder: string; out: string; name: string },
): string[] {
  if (!existsSync(lockFile)) return [];
  const path = join("stacks", name, ".terraform.lock.hcl");
  copyFileSync(lockFile, join(folder, path));
  const before = join(out, path);
  const differs = existsSync(before) && !readFileSync(before).equals(readFileSync(lockFile));
  return differs ? [`${path} differed from the committed .terraform.lock.hcl, which replaces it.`] : [];
}
