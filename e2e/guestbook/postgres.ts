import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { eventually } from "../machine/harness/engine";
import { run, succeeded } from "../support/process";
import type { Requirement } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";

/** Where Debian keeps the programs of each version. */
const versions = "/usr/lib/postgresql";
const programs = () => {
  const [newest] = readdirSync(versions).sort((a, b) => Number(b) - Number(a));
  return join(versions, newest!, "bin");
};

export function postgresServer(): Requirement {
  try {
    programs();
    return { name: "postgresql" };
  } catch {
    return { name: "postgresql", missing: "install it (Debian: apt-get install postgresql)" };
  }
}

/** Everything that a careless encoder would trip over. */
export const password = "a'b@c/d:e#f?g%h\"i\\j";

/** A real PostgreSQL with an empty database `guestbook`, which takes encrypted connections and others. */
export class Postgres {
  private process?: ChildProcess;

  private constructor(
    readonly address: string,
    readonly port: number,
    private readonly folder: string,
    private readonly owner: { readonly uid: number; readonly gid: number },
  ) {}

  static async start(address: string, port: number): Promise<Postgres> {
    const owner = { uid: await idOf("-u"), gid: await idOf("-g") };
    const folder = temporaryFolder("postgres");
    const postgres = new Postgres(address, port, folder, owner);
    await postgres.initialize();
    await postgres.launch();
    await postgres.query(`CREATE ROLE guest LOGIN PASSWORD '${password.replaceAll("'", "''")}'`);
    await postgres.query("CREATE DATABASE guestbook OWNER guest");
    return postgres;
  }

  /** The certificate of its authority, which is its own, for the name `db.guestbook.test`. */
  get certificate(): string {
    return join(this.folder, "server.crt");
  }

  get key(): string {
    return join(this.folder, "server.key");
  }

  url(host: string, parameters = ""): string {
    return `postgres://guest:${encodeURIComponent(password)}@${host}:${this.port}/guestbook${parameters}`;
  }

  async launch(): Promise<void> {
    const settings = {
      listen_addresses: this.address,
      port: this.port,
      unix_socket_directories: "",
      fsync: "off",
      ssl: "on",
      ssl_cert_file: this.certificate,
      ssl_key_file: this.key,
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const args = ["-D", join(this.folder, "data"), ...options];
    this.process = spawn(join(programs(), "postgres"), args, { stdio: "ignore", cwd: "/", ...this.owner });
    await eventually("postgres", 20, () => this.query("SELECT 1"));
  }

  /** As its superuser. */
  async query(text: string, database = "postgres"): Promise<Record<string, unknown>[]> {
    const { address: host, port } = this;
    const client = new Client({ host, port, user: "postgres", password, database, connectionTimeoutMillis: 3000 });
    client.on("error", () => {});
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Silent, but still there. */
  freeze(): void {
    for (const process of this.processes()) globalThis.process.kill(process, "SIGSTOP");
  }

  thaw(): void {
    for (const process of this.processes()) globalThis.process.kill(process, "SIGCONT");
  }

  /** Without a farewell, as when a machine loses its power. */
  async kill(): Promise<void> {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, "exit");
    const workers = this.processes();
    this.process.kill("SIGKILL");
    await gone;
    for (const worker of workers) {
      try {
        globalThis.process.kill(worker, "SIGKILL");
      } catch {} // Gone with the first one.
    }
    // Until the last one is gone a new server finds the memory of this one in use.
    await eventually("the end of postgres", 10, async () => {
      if (workers.some((worker) => isAlive(worker))) throw new Error("still there");
    });
  }

  /** Itself and one process for each connection. */
  private processes(): number[] {
    const first = this.process!.pid!;
    return [first, ...childrenOf(first)];
  }

  private async initialize(): Promise<void> {
    const { folder, owner } = this;
    // Others may pass through: the application reads the certificate.
    chmodSync(folder, 0o755);
    const secret = join(folder, "password");
    writeFileSync(secret, password);
    mkdirSync(join(folder, "data"));
    const { key } = this;
    const subject = ["-subj", "/CN=db.guestbook.test", "-addext", "subjectAltName=DNS:db.guestbook.test"];
    const certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
    await succeeded(
      run("openssl", [...certificate, "-keyout", key, "-out", this.certificate], { cwd: folder, env: process.env }),
    );
    for (const file of [secret, key, join(folder, "data")]) {
      chownSync(file, owner.uid, owner.gid);
      chmodSync(file, file.endsWith("data") ? 0o700 : 0o600);
    }
    const options = ["-D", join(folder, "data"), "--auth=scram-sha-256", `--pwfile=${secret}`, "--no-sync"];
    const names = ["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"];
    const initdb = spawn(join(programs(), "initdb"), [...options, ...names], { stdio: "ignore", cwd: "/", ...owner });
    const [code] = await once(initdb, "exit");
    if (code !== 0) throw new Error(`initdb ended with ${code}`);
  }
}

async function idOf(option: "-u" | "-g"): Promise<number> {
  const { stdout } = await succeeded(run("id", [option, "postgres"], { cwd: "/", env: process.env }));
  return Number(stdout);
}

/** `ps` would be a package more. */
function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && statusOf(Number(name))?.parent === parent)
    .map(Number);
}

const isAlive = (pid: number) => !["Z", undefined].includes(statusOf(pid)?.state);

/** What the kernel says about a process: undefined when there is none. */
function statusOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { state: state!, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
