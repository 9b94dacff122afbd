import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { InvalidSystemFiles, readSystemFiles, systemFile } from "./system-files";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** A project with these files below `systems/shop/boot`. */
function project(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), "slipway-files-"));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    const at = join(root, "systems/shop/boot", path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, content);
  }
  return root;
}

const read = (files: Parameters<typeof project>[0]) => readSystemFiles(project(files), "systems/shop/boot");

function complaintsOf(files: Parameters<typeof project>[0]): readonly string[] {
  try {
    read(files);
  } catch (error) {
    if (error instanceof InvalidSystemFiles) return error.complaints;
    throw error;
  }
  throw new Error("the files were accepted");
}

describe("the files of a system", () => {
  it("come in the order of their paths, whatever the order in which they were made", () => {
    const paths = ["b/z.pp", "b/a.pp", "a", "B", "b-1", "é"];
    const files = Object.fromEntries(paths.map((path) => [path, "text\n"]));
    expect(read(files).map(({ path }) => path)).toEqual(["B", "a", "b-1", "b/a.pp", "b/z.pp", "é"]);
  });

  it("are handed on as they are", () => {
    const text = '#!/bin/sh\necho "${1:-}" %{x}\n';
    expect(read({ agent: text })).toEqual([{ path: "agent", text }]);
  });

  it("are without what editors and version control hide, and what Python leaves behind", () => {
    const files = { ".gitignore": "x", ".git/config": "x", "__pycache__/a.pyc": Buffer.from([0, 1]), a: "b" };
    expect(read(files).map(({ path }) => path)).toEqual(["a"]);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), /want text, got a NUL byte/],
    ["text in another encoding", Buffer.from([0x63, 0x61, 0x66, 0xe9]), /want UTF-8 text, got bytes that are no UTF-8/],
    ["the line ends of Windows", "#!/bin/sh\r\n", /want Unix line ends, got a carriage return/],
  ])("refuse %s", (_, content, message) => {
    const [complaint] = complaintsOf({ "bin/tool": content });
    expect(complaint).toMatch(/^systems\/shop\/boot\/bin\/tool: /);
    expect(complaint).toMatch(message);
  });

  it("refuse all that is wrong at once, and print it as a mistake of their author", () => {
    expect(complaintsOf({ a: "\0", b: "\r", c: "fine" })).toHaveLength(2);
    expect(new InvalidSystemFiles(["a: b"]).report()).toBe("error: files of a system cannot be used\n  a: b");
  });

  it("refuse a link that leads nowhere", () => {
    const root = project({ a: "b" });
    symlinkSync("gone", join(root, "systems/shop/boot/link"));
    expect(() => readSystemFiles(root, "systems/shop/boot")).toThrow(
      "systems/shop/boot/link: want a file, got nothing; restore it",
    );
  });

  it("must be there: a folder that was forgotten is no empty system", () => {
    expect(() => readSystemFiles(project({ a: "b" }), "systems/shop/puppet")).toThrow(
      "systems/shop/puppet: want files in it, got none",
    );
  });

  it("are found by their path, or say which there are", () => {
    const files = read({ a: "A", b: "B" });
    expect(systemFile(files, "b")).toBe("B");
    expect(() => systemFile(files, "c")).toThrow("c: want a file, got nothing; there are a, b");
  });
});
