import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { eventually } from "../machine/harness/engine";
import { run, succeeded } from "../support/process";
import { temporaryFolder } from "../support/temporary";

/** A real Redis at an address of its own, with nothing in it. */
export class Redis {
  private process?: ChildProcess;

  private constructor(
    readonly address: string,
    readonly port: number,
    private readonly options: readonly string[],
  ) {}

  static async start(address: string, port: number, ...options: string[]): Promise<Redis> {
    const redis = new Redis(address, port, options);
    await redis.launch();
    return redis;
  }

  async launch(): Promise<void> {
    const args = ["--bind", this.address, "--port", String(this.port), "--dir", temporaryFolder("redis")];
    const settings = ["--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0"];
    this.process = spawn("redis-server", [...args, ...settings, ...this.options], { stdio: "ignore" });
    await eventually("redis", 10, () => this.command("PING"));
  }

  /** Follows another one; returns when it has everything that the other has. */
  async follow({ address, port }: Redis): Promise<void> {
    await this.command("REPLICAOF", address, String(port));
    await eventually("the replica", 20, async () => {
      if (!(await this.command("INFO", "replication")).includes("master_link_status:up")) throw new Error("no link");
    });
  }

  async promote(): Promise<void> {
    await this.command("REPLICAOF", "NO", "ONE");
  }

  async command(...command: string[]): Promise<string> {
    const args = ["-e", "-h", this.address, "-p", String(this.port), ...command];
    return (await succeeded(run("redis-cli", args, { cwd: __dirname, env: process.env, seconds: 5 }))).stdout.trim();
  }

  /** Silent, but still there: no connection to it breaks. */
  freeze(): void {
    this.process!.kill("SIGSTOP");
  }

  /** Dead from one moment to the next. */
  async kill(): Promise<void> {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await gone;
  }
}
