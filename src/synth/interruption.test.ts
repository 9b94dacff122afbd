import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { synthesize } from ".";
import { exampleApp } from "./testing/example-app";
import { filesIn, folder, removeFolders } from "./testing/folders";

afterAll(removeFolders);

const writer = (out: string, ...versions: number[]) =>
  fork(join(__dirname, "testing/writer.ts"), [out, ...versions.map(String)], {
    execArgv: ["--import", "tsx"],
    silent: true,
  });

function outputOf(services: number): Record<string, string> {
  const out = folder();
  synthesize({ out, build: (outdir) => exampleApp(outdir, services) });
  return filesIn(out);
}

it("a synth that is killed at any moment leaves whole files, all of Terraform's, and after the next start one whole output", async () => {
  const versions = [outputOf(1), outputOf(30)];
  const out = folder();
  synthesize({ out, build: (outdir) => exampleApp(outdir, 1) });
  const precious = join(out, "stacks/one/terraform.tfstate");
  writeFileSync(precious, "precious");

  for (let round = 0; round < 12; round++) {
    const child = writer(out, 30, 1);
    await once(child, "message");
    await wait(20 + Math.random() * 200);
    child.kill("SIGKILL");
    await once(child, "exit");

    expect(readFileSync(precious, "utf8")).toBe("precious");
    for (const path of ["stacks/one/cdk.tf.json", "stacks/two/cdk.tf.json", "manifest.json"]) {
      expect(versions.map((version) => version[path])).toContain(readFileSync(join(out, path), "utf8"));
    }
    // What the next start does before anything else, seen by failing right after it.
    const next = () =>
      synthesize({
        out,
        build: () => {
          throw new Error("enough");
        },
      });
    expect(next).toThrow("enough");
    const { "stacks/one/terraform.tfstate": _, ...recovered } = filesIn(out);
    expect(versions).toContainEqual(recovered);
  }
});

it("a synth that was killed while it replaced files is finished by the next start", () => {
  const [old, fresh] = [outputOf(1), outputOf(2)];
  // Every number of files that may have been moved when the process ended.
  for (const moved of [0, 1, 2, 3]) {
    const out = folder();
    const files = Object.keys(fresh).sort().reverse(); // the manifest is moved last
    for (const path of files) {
      const there = files.indexOf(path) < moved;
      put(join(out, path), there ? fresh[path]! : old[path]!);
      if (!there) put(join(out, ".slipway/ready", path), fresh[path]!);
    }
    mkdirSync(join(out, ".slipway/ready/stacks"), { recursive: true });
    put(join(out, ".slipway/lock"), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
    expect(() =>
      synthesize({
        out,
        build: () => {
          throw new Error("enough");
        },
      }),
    ).toThrow("enough");
    expect(filesIn(out)).toEqual(fresh);
    expect(existsSync(join(out, ".slipway"))).toBe(false);
  }
});

it("of two synths at the same time one is refused or waits its turn, and the output is whole", async () => {
  const versions = [outputOf(1), outputOf(30)];
  const out = folder();
  const children = [writer(out, 30), writer(out, 1), writer(out, 30)];
  const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0]));
  expect(codes).toContain(0);
  expect(versions).toContainEqual(filesIn(out));
});

function put(path: string, text: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}
