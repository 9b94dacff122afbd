import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { type Finished, run, succeeded } from "../../support/process";
import { findTool, type Requirement, tool } from "../../support/requirements";
import { temporaryFolder } from "../../support/temporary";

/** Everything that the suites make on the engine is called so, and may be removed by anyone who sees it. */
const prefix = "slipway-e2e-";

/** A name on the engine that no other run has. */
export const uniqueName = (purpose: string) => `${prefix}${purpose}-${process.pid}-${Date.now().toString(36)}`;

/** Runs the Docker client; it must succeed. */
export function docker(...args: string[]): Promise<Finished> {
  return succeeded(tryDocker(...args));
}

export function tryDocker(...args: string[]): Promise<Finished> {
  return run(findTool("docker")!, args, { cwd: __dirname, env: process.env });
}

/** Docker and the right to use it: with neither a daemon nor the right to start one, nothing of this can run. */
export async function engine(): Promise<Requirement> {
  const client = tool("docker");
  if (client.missing || (await answers()) || (await start())) return client;
  return { name: "docker", missing: "start its daemon (dockerd), or run as root and install it (Debian: docker.io)" };
}

/** A program of Debian as a requirement of tests. */
export async function program(name: string, debianPackage: string): Promise<Requirement> {
  const { code } = await run("sh", ["-c", 'command -v "$1"', "sh", name], { cwd: __dirname, env: process.env });
  return code === 0 ? { name } : { name, missing: `install it (Debian: apt-get install ${debianPackage})` };
}

/** The rights to make a Debian from its packages, and loop devices. */
export function rootRights(): Requirement {
  return process.getuid?.() === 0 ? { name: "root" } : { name: "root", missing: "run the suite as root" };
}

/** Port on 127.0.0.1 under which a port of a container can be reached from here. */
export async function published(container: string, port: number): Promise<number> {
  const { stdout } = await docker("port", container, `${port}/tcp`);
  return Number(stdout.trim().split("\n")[0]!.split(":").pop());
}

/** What must be removed at the end, latest first. Each step is tried, whatever became of the others. */
export class CleanUp {
  private readonly steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.steps.unshift(step);
  }

  container(name: string): void {
    this.add(() => tryDocker("rm", "--force", "--volumes", name));
  }

  async run(): Promise<void> {
    for (const step of this.steps.splice(0)) await step().catch((error) => process.stderr.write(`${error}\n`));
  }
}

/** Tries again every quarter of a second until `attempt` gives something; its last failure is the error. */
export async function eventually<T>(what: string, seconds: number, attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`, { cause: error });
      await new Promise((wake) => setTimeout(wake, 250));
    }
  }
}

const answers = async () => (await tryDocker("version", "--format", "{{.Server.Version}}")).code === 0;

/** Starts the daemon where there is one and it does not run, as in a container or a fresh machine. It keeps running. */
async function start(): Promise<boolean> {
  if ((await program("dockerd", "docker.io")).missing || rootRights().missing) return false;
  const log = openSync(join(temporaryFolder("engine"), "dockerd.log"), "w");
  spawn("dockerd", [], { detached: true, stdio: ["ignore", log, log] }).unref();
  closeSync(log);
  return eventually("dockerd", 30, async () => {
    if (!(await answers())) throw new Error("no answer");
    return true;
  }).catch(() => false);
}
