import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually, rootRights } from "../machine/harness/engine";
import { type Finished, run, succeeded } from "../support/process";
import type { Requirement } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";

const source = join(__dirname, "../../systems/guestbook/app");
export type Environment = Readonly<Record<string, string>>;

/** Where the bundled programs are: made once, and used in a folder in which there is nothing else. */
export async function bundle(): Promise<string> {
  const folder = temporaryFolder("guestbook");
  await succeeded(run(process.execPath, [join(source, "build.mjs"), folder], { cwd: source, env: process.env }));
  return folder;
}

/** The right to give a process another /etc/resolv.conf. */
export async function ownResolver(): Promise<Requirement> {
  if (rootRights().missing) return rootRights();
  const { code } = await run("unshare", ["--mount", "true"], { cwd: "/", env: process.env });
  return code === 0 ? { name: "unshare" } : { name: "unshare", missing: "allow mount namespaces (util-linux)" };
}

/** Command that runs a program of the bundle, which resolves names as on a machine with this DNS server. */
function command(folder: string, program: string, nameServer: string, args: readonly string[] = []): string[] {
  const resolver = join(folder, `resolv-${nameServer}.conf`);
  writeFileSync(resolver, `nameserver ${nameServer}\noptions timeout:1 attempts:1\n`);
  const script = 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
  return ["--mount", "sh", "-c", script, "sh", resolver, process.execPath, join(folder, `${program}.mjs`), ...args];
}

/** The migration, to its end. */
export function migrate(folder: string, nameServer: string, env: Environment, ...args: string[]): Promise<Finished> {
  return run("unshare", command(folder, "migrate", nameServer, args), { cwd: "/", env: { ...path(), ...env } });
}

/** The server as a process of its own. */
export class Guestbook {
  /** Everything it printed. */
  log = "";
  private readonly process: ChildProcess;

  constructor(
    folder: string,
    nameServer: string,
    private readonly environment: Environment,
  ) {
    const env = { ...path(), ...environment };
    this.process = spawn("unshare", command(folder, "server", nameServer), { cwd: "/", env });
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      stream.setEncoding("utf8").on("data", (text) => {
        this.log += text;
      });
    }
  }

  fetch(path: string, request: RequestInit = {}): Promise<Response> {
    const url = `http://127.0.0.1:${this.environment.PORT}${path}`;
    return fetch(url, { signal: AbortSignal.timeout(10_000), redirect: "manual", ...request });
  }

  /** The front page: its status, text, and the number of visits that it tells. */
  async page(path = "/"): Promise<{ status: number; text: string; visits?: number; seconds: number }> {
    const start = Date.now();
    const answer = await this.fetch(path);
    const text = await answer.text();
    const [, visits] = /id="visits">([\d,]+)</.exec(text) ?? [];
    const seconds = (Date.now() - start) / 1000;
    return { status: answer.status, text, seconds, ...(visits && { visits: Number(visits.replaceAll(",", "")) }) };
  }

  /** The first page that tells a number of visits. */
  visits(seconds = 15): Promise<number> {
    return eventually("the counter", seconds, async () => {
      const { visits } = await this.page();
      if (visits === undefined) throw new Error(this.log);
      return visits;
    });
  }

  sign(name: string, message: string): Promise<Response> {
    return this.fetch("/", { method: "POST", body: new URLSearchParams({ name, message }) });
  }

  async listening(): Promise<void> {
    await eventually("the server", 15, async () => {
      if (this.process.exitCode !== null) throw new Error(this.log);
      return this.fetch("/healthz");
    });
  }

  get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Its exit code; null where a signal ended it. */
  async ended(): Promise<number | null> {
    if (this.running) await once(this.process, "exit");
    return this.process.exitCode;
  }

  /** Asks it to stop, as a container engine does. */
  async stop(): Promise<number | null> {
    if (this.running) this.process.kill("SIGTERM");
    return this.ended();
  }
}

const path = () => ({ PATH: process.env.PATH ?? "" });
