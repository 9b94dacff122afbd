import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { filesIn } from "../synth/testing/folders";
import { projectCopy, removeProjects, slipway } from "./testing/project";

afterAll(removeProjects);

const [here, there] = [projectCopy(), projectCopy("a/project in/another folder")];
const home = (project: string, name: string) => {
  mkdirSync(join(project, name), { recursive: true });
  return join(project, name);
};
// Without PATH: neither Terraform nor anything else of this machine can be asked.
const places = [
  { project: here, cwd: here, env: { HOME: home(here, "home"), TZ: "UTC", LANG: "C" } },
  {
    project: here,
    cwd: tmpdir(),
    env: { HOME: "/", TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
  },
  {
    project: there,
    cwd: there,
    env: { HOME: home(there, "h"), TZ: "America/St_Johns", LC_ALL: "de_DE.ISO-8859-1", USER: "x" },
  },
];

describe("the output", () => {
  const outputs = places.map(({ project, cwd, env }) => {
    rmSync(join(project, "cdktf.out"), { recursive: true, force: true });
    const run = slipway(project, ["synth"], { cwd, env });
    return { run, files: run.code === 0 ? filesIn(join(project, "cdktf.out")) : {} };
  });

  it("can be made in every folder, time zone and locale, without Terraform on the machine", () => {
    expect(outputs.map(({ run }) => [run.code, run.err])).toEqual(places.map(() => [0, ""]));
  });

  it("is the same, byte for byte, in all of them", () => {
    const [first, ...others] = outputs;
    expect(Object.keys(first!.files).length).toBeGreaterThan(4);
    for (const { files } of others) expect(files).toEqual(first!.files);
  });

  it("names no folder of this machine", () => {
    // Not the whole folder for temporary files: programs that go onto machines have files of their own there.
    const ours = join(tmpdir(), "slipway");
    const folders = new RegExp([here, there, ours, process.cwd(), "/home/", "/root/"].join("|"));
    expect(Object.values(outputs[0]!.files).filter((text) => folders.test(text))).toEqual([]);
  });

  it("is made again in the same project without a change", () => {
    expect(slipway(here, ["synth"]).code).toBe(0);
    expect(filesIn(join(here, "cdktf.out"))).toEqual(outputs[0]!.files);
  });
});
