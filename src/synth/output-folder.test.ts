import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { OutputError, type SynthesizeOptions, synthesize } from ".";
import { explainOutputFailure } from "./output-error";
import { exampleApp } from "./testing/example-app";
import { filesIn, folder, removeFolders } from "./testing/folders";

afterAll(removeFolders);

const outputWith = (services: number): SynthesizeOptions["build"] => {
  return (outdir) => exampleApp(outdir, services);
};
const synth = (out: string, options: Partial<SynthesizeOptions> = {}) =>
  synthesize({ out, build: outputWith(1), ...options });

/** Leaves a stack out, as when its environment is described no more. */
const onlyTwo: SynthesizeOptions["build"] = (outdir) => {
  const app = exampleApp(outdir, 0);
  app.node.tryRemoveChild("one");
  return app;
};

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe("the output folder", () => {
  it("is laid out as cdktf lays it out, and holds nothing else", () => {
    const out = join(folder(), "cdktf.out");
    synth(out);
    expect(Object.keys(filesIn(out))).toEqual(["manifest.json", "stacks/one/cdk.tf.json", "stacks/two/cdk.tf.json"]);
    expect(existsSync(join(out, ".slipway"))).toBe(false);
  });

  it("may be a link, and its parents need not exist", () => {
    const [real, links] = [folder(), folder()];
    symlinkSync(real, join(links, "out"));
    synth(join(links, "out", "a", "b"));
    expect(Object.keys(filesIn(join(real, "a", "b")))).toContain("manifest.json");
  });

  it("stays as it was when the gate refuses, and is not there when it was not", () => {
    const out = join(folder(), "out");
    const refuse = () => {
      throw new Error("refused");
    };
    expect(() => synth(out, { check: refuse })).toThrow("refused");
    expect(existsSync(out)).toBe(false);
    synth(out);
    const before = filesIn(out);
    expect(() => synth(out, { check: refuse, build: outputWith(2) })).toThrow("refused");
    expect(filesIn(out)).toEqual(before);
  });

  it("shows the gate what Terraform will read", () => {
    const seen: unknown[] = [];
    const out = folder();
    synth(out, { check: (stacks) => seen.push(...stacks.map(({ document }) => document)) });
    expect(seen[0]).toEqual(JSON.parse(readFileSync(join(out, "stacks/one/cdk.tf.json"), "utf8")));
  });

  it("keeps what Terraform made in it, byte for byte", () => {
    const out = folder();
    synth(out);
    const theirs = {
      "stacks/one/.terraform/providers/plugin": "binary",
      "stacks/one/.terraform.lock.hcl": "lock",
      "stacks/one/terraform.tfstate": "{}",
      "stacks/one/plan": "plan",
    };
    for (const [path, text] of Object.entries(theirs)) write(join(out, path), text);
    const { remarks } = synth(out, { build: outputWith(2) });
    expect(filesIn(out)).toMatchObject(theirs);
    expect(readFileSync(join(out, "stacks/one/cdk.tf.json"), "utf8")).toContain("service-1");
    expect(remarks).toEqual([]);
  });

  it("holds a committed lock file beside each stack, and says when that replaces another one (problem 28)", () => {
    const [out, project] = [folder(), folder()];
    const lockFile = join(project, ".terraform.lock.hcl");
    expect(synth(out, { lockFile }).remarks).toEqual([]);
    write(lockFile, "committed");
    write(join(out, "stacks/one/.terraform.lock.hcl"), "made by terraform init");
    expect(synth(out, { lockFile }).remarks).toEqual([
      "stacks/one/.terraform.lock.hcl differed from the committed .terraform.lock.hcl, which replaces it.",
    ]);
    expect(readFileSync(join(out, "stacks/one/.terraform.lock.hcl"), "utf8")).toBe("committed");
    expect(readFileSync(join(out, "stacks/two/.terraform.lock.hcl"), "utf8")).toBe("committed");
    expect(synth(out, { lockFile }).remarks).toEqual([]);
  });
});

describe("a stack that is described no more", () => {
  it("disappears with what Terraform can make again, and its user is told", () => {
    const out = folder();
    synth(out);
    write(join(out, "stacks/one/.terraform/terraform.tfstate"), "which backend");
    write(join(out, "stacks/one/.terraform.lock.hcl"), "lock");
    const { remarks } = synth(out, { build: onlyTwo });
    expect(Object.keys(filesIn(out))).toEqual(["manifest.json", "stacks/two/cdk.tf.json"]);
    expect(remarks).toEqual([expect.stringContaining("stacks/one is described no more; its folder is gone.")]);
  });

  it("moves aside, complete, when it holds a state file, and comes back with it", () => {
    const out = folder();
    synth(out);
    write(join(out, "stacks/one/terraform.tfstate"), "precious");
    const { remarks } = synth(out, { build: onlyTwo });
    expect(filesIn(join(out, "removed/one"))).toMatchObject({
      "cdk.tf.json": expect.any(String),
      "terraform.tfstate": "precious",
    });
    expect(remarks).toEqual([expect.stringContaining("it moved to removed/, because it holds terraform.tfstate.")]);
    expect(existsSync(join(out, "stacks/one"))).toBe(false);

    expect(synth(out).remarks).toEqual(["stacks/one is back, with the files kept in removed/one."]);
    expect(filesIn(join(out, "stacks/one"))).toMatchObject({ "terraform.tfstate": "precious" });
    expect(existsSync(join(out, "removed"))).toBe(false);
  });

  it("never overwrites what was kept of an earlier one", () => {
    const out = folder();
    write(join(out, "removed/one/terraform.tfstate"), "first");
    synth(out, { build: onlyTwo });
    write(join(out, "stacks/one/terraform.tfstate"), "second");
    synth(out, { build: onlyTwo });
    expect(filesIn(join(out, "removed"))).toEqual({
      "one/terraform.tfstate": "first",
      "one-2/terraform.tfstate": "second",
    });
  });

  it("leaves an empty folder to the cdktf CLI, which fails when it cannot delete it", () => {
    const out = folder();
    synth(out);
    write(join(out, "stacks/one/terraform.tfstate"), "precious");
    synth(out, { build: onlyTwo, keepEmptyFolders: true });
    expect(existsSync(join(out, "stacks/one"))).toBe(true);
    expect(filesIn(join(out, "stacks/one"))).toEqual({});
  });

  it("stays when only a part of the environments is synthesized, in the manifest too", () => {
    const out = folder();
    synth(out);
    const before = filesIn(out);
    expect(synth(out, { build: onlyTwo, partial: true }).remarks).toEqual([]);
    expect(filesIn(out)).toEqual(before);
  });
});

describe("an output folder that cannot be written", () => {
  const refusal = (out: string, options: Partial<SynthesizeOptions> = {}) => {
    try {
      synth(out, options);
    } catch (error) {
      return error as OutputError;
    }
    throw new Error("nothing was refused");
  };

  it.each([
    ["a file", ""],
    ["below a file", "below"],
  ])("is refused by name and reason: %s (OUT_UNWRITABLE)", (_, below) => {
    const file = join(folder(), "file");
    writeFileSync(file, "mine");
    const error = refusal(join(file, below));
    expect(error).toMatchObject({ name: "OutputError", code: "OUT_UNWRITABLE" });
    expect(error.message).toContain(`cannot write to ${join(file, below)} (`);
    expect(error.message).toContain("a file is in the way; remove it, or choose another folder with --out");
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  it.each([
    ["EACCES", "this user may not write there"],
    ["EROFS", "it is on a file system mounted read-only"],
    ["ENOSPC", "no space is left on its file system"],
  ])("is explained when the system says %s", (code, reason) => {
    const error = explainOutputFailure("/out", Object.assign(new Error(code), { code, path: "/out/manifest.json" }));
    expect(error).toBeInstanceOf(OutputError);
    expect((error as OutputError).message).toContain(`cannot write to /out (${code} at /out/manifest.json): ${reason}`);
  });

  it("does not explain what it does not know", () => {
    const error = new Error("something else");
    expect(explainOutputFailure("/out", error)).toBe(error);
  });

  it("is refused while another synth writes there, and left alone (OUT_BUSY)", () => {
    const out = folder();
    synth(out);
    const before = filesIn(out);
    const inner = { error: undefined as OutputError | undefined };
    const check = () => {
      inner.error = refusal(out, { build: outputWith(3) });
    };
    synth(out, { check });
    expect(inner.error).toMatchObject({ code: "OUT_BUSY", message: expect.stringContaining(`process ${process.pid}`) });
    expect(filesIn(out)).toEqual(before);
  });
});

describe("the lock of a synth that was killed", () => {
  const owner = { pid: process.pid, host: hostname(), started: "long ago" };
  const lock = (out: string, content: string) => write(join(out, ".slipway/lock"), content);

  it.each<[string, object]>([
    ["its process is gone", { ...owner, pid: 2 ** 22 + 1 }],
    ...(process.platform === "linux" ? [["its number belongs to a later process", owner] as [string, object]] : []),
  ])("does not hold when %s", (_, content) => {
    const out = folder();
    lock(out, JSON.stringify(content));
    expect(synth(out).stacks).toHaveLength(2);
    expect(existsSync(join(out, ".slipway"))).toBe(false);
  });

  it.each<[string, string]>([
    ["it is on another machine and fresh", JSON.stringify({ ...owner, host: "elsewhere" })],
    ["its owner is just writing it", ""],
  ])("holds while %s", (_, content) => {
    const out = folder();
    lock(out, content);
    expect(() => synth(out)).toThrow("another synth");
    expect(filesIn(out)).toEqual({ ".slipway/lock": content });
  });
});
