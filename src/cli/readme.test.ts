import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { projectCopy, removeProjects, slipway } from "./testing/project";

afterAll(removeProjects);

const root = join(__dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
/** The first block of code in a language, with a text in it. */
const block = (language: string, text: string) =>
  [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].find(
    ([, name, code]) => name === language && code!.includes(text),
  )![2]!;

describe("the README", () => {
  it("shows what synth prints", () => {
    expect(block("text", "stack ").trim()).toBe(slipway(projectCopy(), ["synth"]).out.trim());
  });

  it("shows a description that says what dev says", () => {
    const dev = parse(readFileSync(join(root, "environments/dev.yaml"), "utf8"));
    expect(dev).toMatchObject(parse(block("yaml", "wordpress:")));
  });
});
