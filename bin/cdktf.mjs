#!/usr/bin/env node
// The CLI of cdktf, which does not call home: it would send the metadata of every stack to checkpoint-api.hashicorp.com after
// each synthesis, and only the environment can say no. Who wants that sets CHECKPOINT_DISABLE to an empty value.
//
// As `postinstall` it puts itself where `npx cdktf` looks.
import { lstatSync, renameSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (process.env.npm_lifecycle_event === "postinstall") install(join(root, "node_modules/.bin/cdktf"));
else {
  process.env.CHECKPOINT_DISABLE ??= "1";
  process.env.DISABLE_VERSION_CHECK ??= "true";
  createRequire(import.meta.url)("cdktf-cli/bundle/bin/cdktf.js");
}

/** Where npm makes no links but scripts (Windows), or has left the CLI out (`--omit=dev`), nothing is changed. */
function install(link) {
  if (!lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  symlinkSync("../../bin/cdktf.mjs", `${link}.${process.pid}`);
  renameSync(`${link}.${process.pid}`, link);
}
