import { spawn } from "node:child_process";

export interface Finished {
  readonly command: string;
  /** Exit code; -1 where the process was ended for taking too long. */
  readonly code: number;
  /** Everything it printed, to either stream, in order of arrival. */
  readonly output: string;
  readonly stdout: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default 540, as a bake on a busy machine takes its time */
  readonly seconds?: number;
}

/** Runs a program to its end. It gets no input, so that one that asks a question fails instead of waiting. */
export function run(file: string, args: readonly string[], { cwd, env, seconds = 540 }: RunOptions): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: seconds * 1000 });
    let [output, stdout] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ command: [file, ...args].join(" "), code: code ?? -1, output, stdout }));
  });
}

/** The same run, when it must have succeeded; otherwise what it printed last is the error. */
export async function succeeded(running: Promise<Finished>): Promise<Finished> {
  const finished = await running;
  const how = finished.code === -1 ? "was ended: it took too long" : `ended with ${finished.code}`;
  if (finished.code !== 0) throw new Error(`${finished.command} ${how}\n${complaint(finished)}`);
  return finished;
}

/** What a program complains about: Terraform prints a whole plan before it says what is wrong. */
function complaint({ output }: Finished): string {
  const from = output.search(/^.*Error: /m);
  return (from < 0 ? output : output.slice(from)).split("\n").slice(-60).join("\n");
}
