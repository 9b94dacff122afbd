import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Requirement } from "../../../../../e2e/support/requirements";

const cookbooks = join(__dirname, "../../cookbooks");

/** Linux's Python, in which the programs are written. */
export const python: Requirement =
  process.platform === "linux" && existsSync("/usr/bin/python3")
    ? { name: "Python" }
    : { name: "Python", missing: "use Linux with /usr/bin/python3 (Debian: apt-get install python3)" };

/** Runs a program as the machine would, but with its folder in memory elsewhere, and with owners that stay what they are. */
const runner = `
import os, runpy, shutil, sys
import slipway_boot as boot
boot.VOLATILE = os.environ["STAGE"] + "/run"
shutil.chown = lambda *_: None
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
`;

/** What an answer of a command is: its output; or a failure, with the code that it ends with. */
export type Answer = string | object | { readonly fails: string; readonly code?: number };

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly ended: Promise<Ended>;
  kill(): void;
}

export interface Options {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly input?: string;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  // biome-ignore lint/suspicious/noExplicitAny: JSON that a test looks into
  readonly body: any;
}

export interface Reply {
  readonly status?: number;
  readonly body?: string | object;
  readonly headers?: Record<string, string>;
}

/** The surroundings of a program under test: its machine's metadata, commands that are stubs, and servers. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), "slipway-stage-"));
  readonly metadata: Record<string, string> = { "instance-id": "i-0123456789abcdef0", "local-ipv4": "127.0.0.1" };
  private readonly servers: (Server | TcpServer)[] = [];
  private readonly running = new Set<() => void>();
  private readonly looks = new Map<string, number>();
  private endpoint = "";

  static async make(): Promise<Stage> {
    const stage = new Stage();
    for (const name of ["bin", "run"]) mkdirSync(join(stage.folder, name));
    const port = await stage.serve(({ method, path, headers }) => {
      if (method === "PUT") return { body: "token" };
      if (headers["x-aws-ec2-metadata-token"] !== "token") return { status: 401 };
      const name = path.replace("/latest/meta-data/", "");
      stage.looks.set(name, stage.asked(name) + 1);
      const value = stage.metadata[name];
      return value === undefined ? { status: 404 } : { body: value };
    });
    stage.endpoint = `http://127.0.0.1:${port}`;
    return stage;
  }

  /** A server on this machine; its port. */
  async serve(answer: (request: Request) => Reply, host = "127.0.0.1", port = 0): Promise<number> {
    const server = createServer((request: IncomingMessage, response: ServerResponse) => {
      let text = "";
      request.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      request.on("end", () => {
        const { method = "", url: path = "", headers } = request;
        const { status = 200, body = "", headers: more } = answer({ method, path, headers, body: parsed(text) });
        response.writeHead(status, more).end(typeof body === "string" ? body : JSON.stringify(body));
      });
    });
    return this.listen(server, host, port);
  }

  /** A server that says one thing to whoever says something. */
  async say(text: string): Promise<number> {
    return this.listen(
      createTcpServer((socket) => socket.on("error", () => {}).once("data", () => socket.end(text))),
      "127.0.0.1",
    );
  }

  /** A port at which nothing listens. */
  async nobody(): Promise<number> {
    const server = createServer();
    const port = await this.listen(server, "127.0.0.1");
    await new Promise((closed) => server.close(closed));
    return port;
  }

  /** How often the metadata service was asked for something. */
  asked(name: string): number {
    return this.looks.get(name) ?? 0;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | object): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  /** Settings of the machine. */
  node(attributes: object, more: object = {}): void {
    this.write("node.json", { region: "eu-west-1", ...more, attributes: { guestbook_mesos: attributes } });
  }

  /** A command that notes how it is called, and runs a script of the shell. */
  command(name: string, script = ""): void {
    const path = this.write(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >>"$STAGE/calls"\n${script}\n`);
    chmodSync(path, 0o755);
  }

  /** A command that answers by the first text that is in its arguments; to all else it answers with an error. */
  answers(name: string, answers: Record<string, Answer>): void {
    const cases = Object.entries(answers).map(([text, answer], index) => {
      const fails = typeof answer === "object" && "fails" in answer;
      const said = fails ? String(answer.fails) : typeof answer === "string" ? answer : JSON.stringify(answer);
      const file = this.write(`answers/${name}-${index}`, said);
      const code = fails ? ((answer as { code?: number }).code ?? 254) : 0;
      return `*${JSON.stringify(text)}*) cat ${file}${fails ? " >&2" : ""}; exit ${code} ;;`;
    });
    this.command(name, `case "$*" in\n${cases.join("\n")}\n*) echo "no answer to: $*" >&2; exit 255 ;;\nesac`);
  }

  /** A secret as modules/generated-secret makes it, as an answer of `aws`. */
  static secret(password: string, username = "x"): object {
    return { SecretString: JSON.stringify({ username, password }) };
  }

  /** Calls of commands, in their order. */
  calls(name?: string): string[] {
    if (!this.has("calls")) return [];
    const all = this.read("calls").trim().split("\n");
    return name ? all.filter((call) => call.startsWith(`${name} `)) : all;
  }

  forget(): void {
    rmSync(this.path("calls"), { force: true });
  }

  /** Starts a program of a cookbook: `guestbook_sensu/check-http`. */
  start(program: string, { args = [], env = {}, input = "" }: Options = {}): Running {
    const [cookbook = "", name = ""] = program.split("/");
    const own = join(cookbooks, cookbook, "files");
    const libraries = [join(cookbooks, "../../../common/machine"), join(cookbooks, "guestbook_base/files"), own];
    const child = spawn("/usr/bin/python3", ["-c", runner, join(own, name), ...args], {
      env: {
        ...{ PATH: `${this.path("bin")}:/usr/bin:/bin`, STAGE: this.folder, SLIPWAY_NODE: this.path("node.json") },
        ...{ PYTHONPATH: libraries.join(":"), PYTHONDONTWRITEBYTECODE: "1" },
        ...{ AWS_EC2_METADATA_SERVICE_ENDPOINT: this.endpoint, ...env },
      },
    });
    const said = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text) => {
        said[stream] += text;
      });
    }
    child.stdin.on("error", () => {}).end(input);
    const kill = () => void child.kill("SIGKILL");
    this.running.add(kill);
    const ended = new Promise<Ended>((resolve) => {
      child.on("close", (code) => {
        this.running.delete(kill);
        resolve({ code, ...said });
      });
    });
    return { ended, kill };
  }

  run(program: string, options: Options = {}): Promise<Ended> {
    return this.start(program, options).ended;
  }

  async until(what: string, condition: () => boolean): Promise<void> {
    const end = Date.now() + 50_000;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`not within 50 s: ${what}`);
      await new Promise((wake) => setTimeout(wake, 10));
    }
  }

  close(): void {
    for (const kill of this.running) kill();
    for (const server of this.servers) {
      if ("closeAllConnections" in server) server.closeAllConnections();
      server.close();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async listen(server: Server | TcpServer, host: string, port = 0): Promise<number> {
    this.servers.push(server);
    await new Promise<void>((listening) => server.listen(port, host, listening));
    return (server.address() as AddressInfo).port;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
