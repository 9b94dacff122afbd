import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "../../..");
const made: string[] = [];

/** Takes away every project of a test file. */
export function removeProjects(): void {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
}

/** A copy of this project, with what a synthesis needs, in a folder of its own. */
export function projectCopy(below = "project"): string {
  const path = emptyFolder(below);
  const isTest = /\.test\.ts$|__snapshots__/;
  for (const part of [
    "bin",
    "environments",
    "modules",
    "packer",
    "src",
    "systems/common/machine",
    "systems/dashboard/database",
    "systems/dashboard/docker-compose.yml",
    "systems/dashboard/local",
    "systems/guestbook-mesos/app",
    "systems/guestbook-mesos/deploy",
    "systems/guestbook/boot",
    "systems/guestbook-mesos/boot",
    "systems/guestbook-mesos/chef",
    "systems/guestbook/puppet",
    "cdktf.json",
    "main.ts",
    "package.json",
    "tsconfig.json",
  ]) {
    cpSync(join(root, part), join(path, part), { recursive: true, filter: (file) => !isTest.test(file) });
  }
  symlinkSync(join(root, "node_modules"), join(path, "node_modules"));
  return path;
}

/** A project with the launcher of this one and a program of its own: `src/cli/main.ts` and other files, by path. */
export function smallProject(files: Record<string, string>): string {
  const path = emptyFolder("project");
  cpSync(join(root, "bin/slipway.mjs"), join(path, "bin/slipway.mjs"));
  mkdirSync(join(path, "node_modules"));
  for (const name of ["esbuild", "@esbuild"])
    symlinkSync(join(root, "node_modules", name), join(path, "node_modules", name));
  for (const [file, text] of Object.entries({ "package.json": "{}", ...files })) write(join(path, file), text);
  return path;
}

function emptyFolder(below: string): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-cli-"));
  made.push(folder);
  mkdirSync(join(folder, below), { recursive: true });
  return join(folder, below);
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the launcher of a project as a process of its own. */
export function slipway(
  project: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Run {
  const { cwd = project, env = process.env } = options;
  const program = [join(project, "bin/slipway.mjs"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { cwd, env, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}
