import { EventEmitter } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Interruption } from "../interruption";
import type { Program } from "../program-failures";
import { Programs } from "../programs";
import { Progress } from "../progress";
import type { Run, Stack } from "../run";

/** What a stand-in does when its call, `<program> <arguments>`, contains a text: lines of sh. The first that fits counts. */
export type Answers = Readonly<Record<string, string>>;

/** A project folder in which every program is a stand-in that notes how it was called. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), "slipway-run-"));
  /** What was shown. */
  readonly shown: string[] = [];
  readonly signals = new EventEmitter();
  readonly bin = join(this.folder, "bin");

  constructor() {
    mkdirSync(this.bin);
  }

  standIn(name: Program, answers: Answers = {}): void {
    const cases = Object.entries(answers).map(([text, action]) => `  *${JSON.stringify(text)}*)\n${action}\n;;`);
    const file = join(this.bin, name);
    const note = `echo "${name} $*" >>"${this.folder}/calls"`;
    writeFileSync(file, ["#!/bin/sh", note, `case "${name} $*" in`, ...cases, "esac", ""].join("\n"));
    chmodSync(file, 0o755);
  }

  without(name: Program): void {
    rmSync(join(this.bin, name), { force: true });
  }

  run(env: Readonly<Record<string, string>> = {}): Run {
    const print = (line: string) => void this.shown.push(line);
    const interruption = new Interruption(this.signals, print);
    const all = { PATH: this.bin, ...env };
    return {
      root: this.folder,
      cwd: this.folder,
      env: all,
      programs: new Programs(all, interruption),
      progress: new Progress({ interactive: false, print }),
      interruption,
    };
  }

  stack(name: string, document: object): Stack {
    const folder = join(this.folder, "cdktf.out/stacks", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(document));
    return { name, folder, document };
  }

  /** The calls since the last look, in their order. */
  calls(): string[] {
    const file = join(this.folder, "calls");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    rmSync(file);
    return lines.map((line) => line.replaceAll(`${this.folder}/`, ""));
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The report of what a promise is refused with. */
export async function reportOf(refused: Promise<unknown>): Promise<string> {
  const error = await refused.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: unknown) => error,
  );
  if (typeof (error as { report?: unknown }).report !== "function") throw error;
  return (error as { report(): string }).report();
}
