import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { type Document, parseDocument } from "yaml";
import { run, succeeded } from "./process";
import { type Stack, stackOf } from "./stacks";
import { temporaryFolder } from "./temporary";

const root = join(__dirname, "../..");
const left = /^(node_modules|\.git|\.slipway|\.secrets|terraform\..*|\.vitest|\.cdktf\.out.*|cdktf\.out|e2e|docs)$/;

/** What to change in a description before it is synthesized. */
export type Edit = (description: Document) => void;

/**
 * The stacks that the project's own program makes of the descriptions in `environments/`, in the order of their names.
 *
 * It runs in a copy of the project: the working tree stays as it is, and the descriptions of the copy can be edited as a
 * user would, by environment.
 */
export async function synthesize(edits: Readonly<Record<string, Edit>> = {}): Promise<Stack[]> {
  const copy = projectCopy();
  for (const [environment, edit] of Object.entries(edits)) {
    const file = join(copy, "environments", `${environment}.yaml`);
    const description = parseDocument(readFileSync(file, "utf8"));
    edit(description);
    writeFileSync(file, description.toString());
  }
  await succeeded(run(process.execPath, ["bin/slipway.mjs", "synth"], { cwd: copy, env: process.env }));
  const stacks = join(copy, "cdktf.out/stacks");
  return readdirSync(stacks)
    .sort()
    .map((name) => stackOf(name, JSON.parse(readFileSync(join(stacks, name, "cdk.tf.json"), "utf8"))));
}

/** The project in a folder of its own, with nothing in it that a run has made. */
export function projectCopy(): string {
  const copy = temporaryFolder("project");
  cpSync(root, copy, { recursive: true, filter: (path) => !left.test(relative(root, path)) });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Names of the environments that the project describes. */
export function environments(): string[] {
  return readdirSync(join(root, "environments"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => basename(file, ".yaml"))
    .sort();
}
