import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { copiesOf } from "../../main";
import { loadEnvironments } from "../config";
import type { StackDocument } from "../report";
import { neverAskTerraform } from "../synth/fast-app";

const root = join(__dirname, "../..");
let all: readonly StackDocument[] | undefined;

/** Every stack of every environment of ours, as it is written. Synthesized once for a test file. */
export function everyStack(): readonly StackDocument[] {
  all ??= synthesizeEach();
  return all;
}

function synthesizeEach(): StackDocument[] {
  neverAskTerraform();
  const outdir = mkdtempSync(join(tmpdir(), "slipway-test-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const names = loadEnvironments(join(root, "environments")).flatMap((environment) =>
      Object.entries(copiesOf(environment)).map(([id, make]) => make(app, id, root).node.id),
    );
    app.synth();
    return names.map((name) => ({
      name,
      document: JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")),
    }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
