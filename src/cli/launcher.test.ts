import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { removeProjects, slipway, smallProject, write } from "./testing/project";

afterAll(removeProjects);

const program = `import { greeting } from "./greeting";
export async function main(args: string[], root: string) { console.log(greeting, args.join(" "), root); return 0; }`;
const project = () =>
  smallProject({ "src/cli/main.ts": program, "src/cli/greeting.ts": 'export const greeting = "hello";' });
const cached = (path: string, end: string) =>
  readdirSync(join(path, ".slipway"))
    .filter((file) => file.endsWith(end))
    .map((file) => join(path, ".slipway", file));

describe("the launcher", () => {
  it("runs the program with its arguments, in this project, from any folder", () => {
    const path = project();
    expect(slipway(path, ["a", "b"], { cwd: "/" })).toEqual({ code: 0, out: `hello a b ${path}\n`, err: "" });
  });

  it("exits with the code of the program", () => {
    const path = smallProject({ "src/cli/main.ts": "export const main = async () => 2;" });
    expect(slipway(path, []).code).toBe(2);
  });

  it("builds once: a second run needs no bundler", () => {
    const path = project();
    slipway(path, []);
    rmSync(join(path, "node_modules/esbuild"));
    expect(slipway(path, [])).toMatchObject({ code: 0, out: expect.stringContaining("hello") });
  });

  it("builds once beside folders of others, such as pictures of a browser", () => {
    const path = project();
    write(join(path, ".slipway/screenshots/guestbook.png"), "");
    slipway(path, []);
    expect(cached(path, "bundle.json")).toHaveLength(1);
    expect(existsSync(join(path, ".slipway/screenshots/guestbook.png"))).toBe(true);
  });

  it("builds again when a source that is in the bundle has changed", () => {
    const path = project();
    slipway(path, []);
    write(join(path, "src/cli/greeting.ts"), 'export const greeting = "good evening";');
    expect(slipway(path, []).out).toContain("good evening");
    expect(cached(path, ".cjs")).toHaveLength(1);
  });

  it("builds again when packages were installed", () => {
    const path = project();
    slipway(path, []);
    const [before] = cached(path, "bundle.json").map((file) => readFileSync(file, "utf8"));
    write(join(path, "node_modules/.package-lock.json"), "{}");
    expect(slipway(path, []).code).toBe(0);
    expect(readFileSync(join(path, ".slipway/bundle.json"), "utf8")).not.toBe(before);
  });

  it("says what the bundler says about a mistake in a source, and where, and recovers when it is repaired", () => {
    const path = project();
    slipway(path, []);
    write(join(path, "src/cli/greeting.ts"), "export const greeting = ;");
    const { code, err } = slipway(path, []);
    expect(code).toBe(1);
    expect(err).toContain("Slipway cannot be built:");
    expect(err).toContain("src/cli/greeting.ts:1:24:");
    expect(err).not.toMatch(/^\s+at /m);
    write(join(path, "src/cli/greeting.ts"), 'export const greeting = "repaired";');
    expect(slipway(path, [])).toMatchObject({ code: 0, out: expect.stringContaining("repaired") });
  });

  it("shows the lines of the sources in a stack trace, when asked", () => {
    const text = 'export async function main() {\n\n  console.log(new Error("here").stack);\n  return 0;\n}';
    const path = smallProject({ "src/cli/main.ts": text });
    expect(slipway(path, [], { env: { ...process.env, SLIPWAY_DEBUG: "1" } }).out).toContain("src/cli/main.ts:3:");
  });

  it("works where it cannot keep anything", () => {
    const path = project();
    writeFileSync(join(path, ".slipway"), "a file in the place of the folder");
    expect(slipway(path, [])).toMatchObject({ code: 0, err: "" });
    expect(slipway(path, [])).toMatchObject({ code: 0, out: expect.stringContaining("hello") });
  });
});

describe("what V8 compiled in an earlier run", () => {
  it("is kept, and used without being written again", () => {
    const path = project();
    slipway(path, []);
    const [compiled] = cached(path, ".v8");
    const before = statSync(compiled!).mtimeMs;
    slipway(path, []);
    expect(statSync(compiled!).mtimeMs).toBe(before);
  });

  it.each<[string, (compiled: string) => void]>([
    ["cut off", (compiled) => truncateSync(compiled, 100)],
    ["empty", (compiled) => writeFileSync(compiled, "")],
    ["changed in one byte", (compiled) => flip(compiled, 500)],
    ["changed in its digest", (compiled) => flip(compiled, 3)],
  ])("is made again, silently, when it is %s", (_, damage) => {
    const path = project();
    slipway(path, []);
    const [compiled] = cached(path, ".v8");
    const whole = readFileSync(compiled!).length;
    damage(compiled!);
    expect(slipway(path, [])).toMatchObject({ code: 0, out: expect.stringContaining("hello"), err: "" });
    expect(readFileSync(compiled!).length).toBeGreaterThan(whole / 2);
  });

  it("does not matter when the list of sources is damaged", () => {
    const path = project();
    slipway(path, []);
    write(join(path, ".slipway/bundle.json"), "{");
    expect(slipway(path, [])).toMatchObject({ code: 0, err: "" });
    expect(existsSync(join(path, ".slipway/bundle.json"))).toBe(true);
  });
});

function flip(path: string, position: number): void {
  const content = readFileSync(path);
  content[position]! ^= 0xff;
  writeFileSync(path, content);
}
