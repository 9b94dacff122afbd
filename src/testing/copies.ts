import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { parseDocument } from "yaml";
import { type Environment, loadEnvironment } from "../config";
import type { Block } from "./synthesize";

const root = join(__dirname, "../..");

/** The description of dev with other values, each at its path under the system's key. */
export function devWith(system: string, values: Readonly<Record<string, unknown>>): Environment {
  return inFolder((folder) => {
    const document = parseDocument(readFileSync(join(root, "environments/dev.yaml"), "utf8"));
    for (const [path, value] of Object.entries(values)) document.setIn([system, ...path.split(".")], value);
    writeFileSync(join(folder, "dev.yaml"), document.toString());
    return loadEnvironment(join(folder, "dev.yaml"));
  });
}

/** A stack as it is written: with the comments, which cdktf's test synthesis leaves out. */
export function writtenBy(make: (app: App) => TerraformStack): { name: string; document: Block } {
  return inFolder((outdir) => {
    const app = new App({ outdir, stackTraces: false });
    const { id: name } = make(app).node;
    app.synth();
    return { name, document: JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")) };
  });
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
