import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { aws } from "./cloud";
import { docker } from "./engine";
import { type Everything, type Instance, Refused, type Swarm } from "./everything";

/** A command that a program under test has run. */
export interface Call {
  readonly machine: string;
  readonly argv: readonly string[];
  /** What it was given beside its arguments. */
  readonly text: string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of a machine that runs. */
export interface Running {
  readonly ended: Promise<Ended>;
  kill(): Promise<Ended>;
}

export interface RunOptions {
  /** What the settings of the machine say instead. */
  readonly settings?: object;
  readonly args?: readonly string[];
}

/** Machines of one cluster, and the AWS and the engines that they see. Nothing of it is real but the programs under test. */
export class World {
  readonly all: Everything = {
    ...{ machines: {}, swarms: {}, secrets: { join: { versions: {} }, database: { versions: {} } } },
    ...{ inUse: [], awsDown: false, lingering: false },
  };
  readonly calls: Call[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "slipway-swarm-"));
  private readonly lifecycle = new Map<string, string>();
  private readonly running = new Set<ChildProcess>();
  private readonly commands: Server = createServer((socket) => this.listen(socket));
  private readonly metadata: HttpServer = createHttpServer(({ method, url = "" }, answer) => {
    // Of every machine: the first part of the path says whose.
    const [, machine = "", name = ""] = /^\/([^/]+)\/latest\/(?:meta-data\/)?(.*)$/.exec(url) ?? [];
    const known: Record<string, string | undefined> = {
      "instance-id": machine,
      "local-ipv4": this.all.machines[machine]?.address,
      "autoscaling/target-lifecycle-state": this.lifecycle.get(machine),
    };
    const text = method === "PUT" ? "token" : known[name];
    answer.writeHead(text === undefined ? 404 : 200).end(text ?? "");
  });

  static async make(): Promise<World> {
    const world = new World();
    for (const server of [world.commands, world.metadata]) {
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    }
    return world;
  }

  machine(id: string): void {
    const address = `10.0.0.${Object.keys(this.all.machines).length + 10}`;
    const engine = { state: "inactive" as const, swarm: "", node: "", tasks: 0 };
    this.all.machines[id] = {
      address,
      state: "running",
      tags: { "slipway:swarm": "dashboard-test" },
      waitsFor: "join-swarm",
      engine,
    };
  }

  instance(id: string): Instance {
    return this.all.machines[id]!;
  }

  /** Starts one of the programs on a machine. */
  start(machine: string, program: string, { settings = {}, args = [] }: RunOptions = {}): Running {
    const file = join(this.folder, `${machine}.json`);
    const given = {
      ...{ region: "eu-west-3", mode: "cluster", cluster: "dashboard-test", joinSecretArn: "join", tickSeconds: 0.02 },
      ...{
        databaseSecretArn: "database",
        autoScalingGroup: "group",
        launchHook: "join-swarm",
        terminationHook: "leave-swarm",
        ...settings,
      },
    };
    writeFileSync(file, JSON.stringify(given));
    const port = (server: Server | HttpServer) => (server.address() as AddressInfo).port;
    const env = {
      ...{ PATH: `${__dirname}${delimiter}${process.env.PATH}`, WORLD: `${port(this.commands)}`, MACHINE: machine },
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port(this.metadata)}/${machine}`,
      PYTHONDONTWRITEBYTECODE: "1",
    };
    const child = spawn(join(__dirname, "..", program), [...args, file], { env });
    this.running.add(child);
    const said = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text) => {
        said[stream] += text;
      });
    }
    const ended = new Promise<Ended>((resolve) => {
      child.on("close", (code) => {
        this.running.delete(child);
        resolve({ code, ...said });
      });
    });
    const kill = () => {
      child.kill();
      return ended;
    };
    return { ended, kill };
  }

  run(machine: string, program: string, options: RunOptions = {}): Promise<Ended> {
    return this.start(machine, program, options).ended;
  }

  /** Auto Scaling wants to end a machine. */
  ends(machine: string): void {
    this.lifecycle.set(machine, "Terminated");
    this.instance(machine).waitsFor = "leave-swarm";
  }

  /** They are gone, from one moment to the next, and will not come back. */
  dies(...machines: string[]): void {
    for (const id of machines) this.all.machines[id]!.state = "terminated";
  }

  /** The record of the join secret. */
  get record(): { generation: number; founder: string; swarm: string; token: string } {
    const { versions, current } = this.all.secrets.join;
    return JSON.parse(versions[current!]!);
  }

  /** The swarm that is the cluster's. */
  get swarm(): Swarm {
    return this.all.swarms[this.record.swarm]!;
  }

  /** Nodes of the cluster's swarm, as `<machine> <role>`, sorted. */
  get nodes(): string[] {
    return this.swarm.nodes.map(({ machine, role }) => `${machine} ${role}`).sort();
  }

  /** How often a command was run, such as `node ls`. */
  count(words: string, machine?: string): number {
    const of = this.calls.filter((call) => !machine || call.machine === machine);
    return of.filter(({ argv }) => `${argv.slice(1).join(" ")} `.includes(`${words} `)).length;
  }

  async until(what: string, condition: () => boolean, seconds = 50): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}\n${JSON.stringify(this.all, null, 1)}`);
      await new Promise((wake) => setTimeout(wake, 10));
    }
  }

  async close(): Promise<void> {
    for (const child of this.running) child.kill("SIGKILL");
    this.metadata.closeAllConnections();
    for (const server of [this.commands, this.metadata]) server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A command: machine, program, number of arguments, the arguments and a text, each ended by a zero. */
  private listen(socket: Socket): void {
    let received = "";
    socket.setEncoding("utf8").on("error", () => {});
    socket.on("data", (data) => {
      received += data;
      const parts = received.split("\0");
      if (parts.length < 5 + Number(parts[2] ?? Number.NaN) || parts[2] === undefined) return;
      const [machine = "", program = "", count = ""] = parts;
      const argv = parts.slice(3, 3 + Number(count));
      const text = parts[3 + Number(count)]!;
      this.calls.push({ machine, argv: [program, ...argv], text });
      try {
        socket.end(
          `0\n${(program === "aws" ? aws(this.all, argv, text) : docker(this.all, machine, argv, text)) ?? ""}`,
        );
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        socket.end(`1\n${program === "docker" ? "Error response from daemon: " : ""}${error.message}`);
      }
    });
  }
}
