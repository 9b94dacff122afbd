import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { filesIn } from "../synth/testing/folders";
import { projectCopy, removeProjects, slipway, smallProject, write } from "./testing/project";

afterAll(removeProjects);

const project = projectCopy();
const calls = join(project, "calls.log");
const hook = join(project, "hook.cjs");
write(
  hook,
  `const { appendFileSync } = require("node:fs");
const { Socket } = require("node:net");
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  appendFileSync(${JSON.stringify(calls)}, "call\\n");
  return connect.apply(this, args);
};`,
);

/** Runs the cdktf CLI, and notes when it opens a connection. */
function cdktf(...args: string[]) {
  const { CHECKPOINT_DISABLE: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, "bin/cdktf.mjs"), ...args], {
    cwd: project,
    encoding: "utf8",
    env: { ...env, HOME: home, CI: "1", NODE_OPTIONS: `--require ${hook} --max-old-space-size=2048` },
  });
  return { code: status, text: `${stdout}${stderr}` };
}
const home = join(project, "home");
mkdirSync(home);

describe("the cdktf CLI", () => {
  it("synthesizes the same bytes as slipway", () => {
    expect(cdktf("synth").code).toBe(0);
    const files = filesIn(join(project, "cdktf.out"));
    rmSync(join(project, "cdktf.out"), { recursive: true });
    slipway(project, ["synth"]);
    expect(files).toEqual(filesIn(join(project, "cdktf.out")));
  });

  it("lists the stacks", () => {
    const { code, text } = cdktf("list");
    expect(code).toBe(0);
    expect(text).toMatch(/wordpress-platform-dev +cdktf\.out\/stacks\/wordpress-platform-dev/);
  });

  it("tidies up after a stack that is gone, and its state is kept", () => {
    write(join(project, "cdktf.out/stacks/gone/cdk.tf.json"), "{}");
    write(join(project, "cdktf.out/stacks/gone/terraform.tfstate"), "precious");
    expect(cdktf("synth").code).toBe(0);
    expect(existsSync(join(project, "cdktf.out/stacks/gone"))).toBe(false);
    expect(readFileSync(join(project, "cdktf.out/removed/gone/terraform.tfstate"), "utf8")).toBe("precious");
  });

  it("shows why a description was refused, and leaves the output as it was", () => {
    const before = filesIn(join(project, "cdktf.out"));
    write(join(project, "environments/wrong.yaml"), "region: nowhere\n");
    const { code, text } = cdktf("synth");
    rmSync(join(project, "environments/wrong.yaml"));
    expect(code).not.toBe(0);
    expect(text).toContain("wrong.yaml:1:9");
    expect(filesIn(join(project, "cdktf.out"))).toEqual(before);
  });

  it("has called nobody", () => {
    expect(existsSync(dirname(calls))).toBe(true);
    expect(existsSync(calls)).toBe(false);
    expect(existsSync(join(home, ".cdktf"))).toBe(false);
  });
});

it("npx finds the quiet CLI once the project is installed, and nothing is touched where the CLI is left out", () => {
  const other = smallProject({});
  cpSync(join(project, "bin/cdktf.mjs"), join(other, "bin/cdktf.mjs"));
  const install = () =>
    spawnSync(process.execPath, ["bin/cdktf.mjs"], { cwd: other, env: { npm_lifecycle_event: "postinstall" } }).status;
  expect(install()).toBe(0);
  mkdirSync(join(other, "node_modules/.bin"));
  const link = join(other, "node_modules/.bin/cdktf");
  symlinkSync("../cdktf-cli/bundle/bin/cdktf", link);
  expect([install(), install()]).toEqual([0, 0]);
  expect(readlinkSync(link)).toBe("../../bin/cdktf.mjs");
  expect(existsSync(link)).toBe(true);
});
