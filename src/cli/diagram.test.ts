import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectCopy, removeProjects, slipway } from "./testing/project";

afterAll(removeProjects);

describe("slipway diagram (S0-17)", () => {
  let project: string;
  beforeAll(() => {
    project = projectCopy();
    expect(slipway(project, ["synth"]).code).toBe(0);
  }, 120_000);
  const draw = (...args: string[]) => slipway(project, ["diagram", ...args]);

  it("draws a stack for Markdown, under its name", () => {
    const { code, out } = draw("wordpress-mysql-dev");
    expect(code).toBe(0);
    expect(out).toMatch(/^%% wordpress-mysql-dev\nflowchart LR\n/);
    expect(out).toContain('|"tcp 3306"|');
    expect(out.match(/flowchart/g)).toHaveLength(1);
  });

  it("draws the stacks that are named in one picture", () => {
    const { out } = draw("wordpress-platform-dev", "wordpress-service-dev");
    expect(out).toMatch(/^%% wordpress-platform-dev, wordpress-service-dev\nflowchart LR\n/);
    expect(out).toContain('|"runs on"|');
  });

  it("draws each copy of a system by itself, when none is named", () => {
    const { out } = draw("--environment", "dev");
    const pictures = [...out.matchAll(/^%% (.*)$/gm)].map(([, names]) => names);
    expect(pictures).toContain("wordpress-platform-dev, wordpress-service-dev");
    expect(pictures).toContain("guestbook-dev");
    expect(out.match(/^flowchart LR$/gm)).toHaveLength(pictures.length);
  });

  it.each(["guestbook", "dashboard", "guestbook-mesos"])("is what the page of %s shows", (system) => {
    const page = readFileSync(join(__dirname, `../../docs/systems/${system}.md`), "utf8");
    const [, shown] = /^```mermaid\n([\s\S]*?)^```$/m.exec(page)!;
    expect(shown!.trim()).toBe(draw(`${system}-dev`).out.trim());
  });

  it("draws for Graphviz where it is asked to", () => {
    expect(draw("wordpress-mysql-dev", "--format", "dot").out).toMatch(/^\/\/ wordpress-mysql-dev\ndigraph \w+ \{\n/);
  });

  it.each([
    [["--format", "svg"], "error: --format must be mermaid or dot, got svg"],
    [["shop"], "error: there is no stack shop; slipway list names them all"],
  ])("refuses %j with what to do", (args, message) => {
    expect(draw(...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  it("asks for a synth where there is none", () => {
    expect(draw("--out", "elsewhere")).toMatchObject({
      code: 2,
      err: expect.stringContaining("run slipway synth first"),
    });
  });
});
