import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(__dirname, "../..");

/** Folder (or file) of ours → the folders of ours that it may import. */
const mayImport: Record<string, readonly string[]> = {
  "src/core": [],
  "src/config": ["src/core"],
  modules: ["src/core", "modules/closed-bucket", "modules/connections", "modules/machine-role", "modules/user-data"],
  "src/stacks": ["src/core", "src/config", "modules"],
  "src/policy": ["src/core"],
  "src/report": ["src/core"],
  "src/synth": ["src/core"],
  "src/run": ["src/core"],
  "src/cli": ["src"],
  "main.ts": ["src/config", "src/stacks", "src/policy", "src/report", "src/synth"],
};

const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) => /^(main\.ts$|(src|modules)\/.*(?<!\.test)\.ts$)/.test(file) && !file.startsWith("src/testing/"),
);

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:from|import|import\(|require\()\s*"([^"]+)"/g)].map(([, specifier]) =>
    specifier!.startsWith(".") ? normalize(join(dirname(file), specifier!)) : specifier!,
  );
}

const within = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

describe.each(sources)("%s", (file) => {
  const home = Object.keys(mayImport).find((folder) => within(file, folder));

  it("lives in a folder of the plan", () => expect(home).toBeDefined());

  it("imports only what its folder may", () => {
    const own = home === "modules" ? dirname(file) : home!;
    const strangers = importsOf(file).filter(
      (path) => /^(src|modules)\//.test(path) && ![own, ...mayImport[home!]!].some((allowed) => within(path, allowed)),
    );
    expect(strangers).toEqual([]);
  });

  it("reaches the providers by sub-path", () => {
    expect(importsOf(file).filter((path) => /^@cdktf\/provider-[a-z]+$/.test(path))).toEqual([]);
  });

  it("keeps cdktf and the providers out of plain TypeScript", () => {
    const plain = ["src/core", "src/config", "src/policy", "src/report"].includes(home!);
    const found = importsOf(file).filter((path) => /^(cdktf|@cdktf\/)/.test(path));
    expect(plain ? found : []).toEqual([]);
  });

  it("reads the process environment in src/config and src/cli only", () => {
    const reads = /process\.env/.test(readFileSync(join(root, file), "utf8"));
    expect(reads && !["src/config", "src/cli", "src/synth"].includes(home!)).toBe(false);
  });
});

describe("the files", () => {
  const known = new Set(sources);
  const fileOf = (path: string) => [`${path}.ts`, `${path}/index.ts`].find((file) => known.has(file));
  const imports = new Map(sources.map((file) => [file, importsOf(file).flatMap((path) => fileOf(path) ?? [])]));

  it("import each other in no circle, not even for types: each can be read after those that it names", () => {
    const whole = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(" > "));
      if (whole.has(file) || way.includes(file)) return;
      for (const next of imports.get(file)!) visit(next, [...way, file]);
      whole.add(file);
    };
    for (const file of sources) visit(file, []);
    expect(imports.get("main.ts")!.length).toBeGreaterThan(5);
    expect(circles).toEqual([]);
  });
});
