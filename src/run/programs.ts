import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Interruption } from "./interruption";
import { type Ended, MissingPrograms, type Program, ProgramFailed } from "./program-failures";

export interface Call {
  readonly program: Program;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the environment. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Hears every line that it prints. @default - nobody */
  readonly onLine?: (line: string) => void;
}

/** The one way in which other programs are started. */
export class Programs {
  constructor(
    private readonly env: Readonly<Record<string, string | undefined>>,
    private readonly interruption: Interruption,
  ) {}

  /** @throws MissingPrograms with all that are not on PATH */
  require(programs: readonly Program[]): void {
    const missing = programs.filter((program) => this.find(program) === undefined);
    if (missing.length > 0) throw new MissingPrograms(missing);
  }

  /** @throws Interrupted, or ProgramFailed with `repair`, which says what to do about it. @returns its standard output */
  async run(call: Call, repair: string): Promise<string> {
    const ended = await this.ended(call);
    if (ended.code !== 0) throw new ProgramFailed(call, ended, repair);
    return ended.stdout;
  }

  /** The same for a program that may say no. @throws Interrupted */
  async ended(call: Call): Promise<Ended> {
    this.interruption.check();
    const ended = await this.start(call);
    this.interruption.check(`${call.program} has ended in order; run it again to go on`);
    return ended;
  }

  /**
   * In a process group of its own: a terminal sends Ctrl-C to every process of ours, and Terraform would count what we pass on
   * as the second one. It gets no input, so that a question fails instead of waiting for ever.
   */
  private start({ program, args, cwd, env = {}, onLine = () => {} }: Call): Promise<Ended> {
    const file = this.find(program);
    if (!file) throw new MissingPrograms([program]);
    return new Promise((resolve, reject) => {
      const child = spawn(file, args, {
        cwd,
        env: { ...this.env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
        detached: process.platform !== "win32",
        windowsHide: true,
      });
      const over = this.interruption.during(() => interrupt(child));
      const printed = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        let rest = "";
        child[name].setEncoding("utf8").on("data", (text: string) => {
          printed[name] += text;
          const lines = (rest + text).split(/\r?\n|\r/);
          rest = lines.pop()!;
          for (const line of lines) onLine(line);
        });
      }
      child.on("error", (error) => {
        over();
        reject(error);
      });
      child.on("close", (code) => {
        over();
        resolve({ code, ...printed });
      });
    });
  }

  private find(program: Program): string | undefined {
    // The variable by which the CLI of cdktf can be told to use another Terraform, such as OpenTofu.
    const name = (program === "terraform" && this.env.TERRAFORM_BINARY_NAME) || program;
    const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
    const folders = (this.env.PATH ?? this.env.Path ?? "").split(delimiter);
    return folders.flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`))).find(isExecutable);
  }
}

/** The whole group, as a terminal would: a shell script passes nothing on to what it has started. */
function interrupt(child: ChildProcess): void {
  try {
    if (process.platform === "win32") child.kill("SIGINT");
    else process.kill(-child.pid!, "SIGINT");
  } catch {} // It has just ended.
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
