import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith, type Requirement } from "../../../../e2e/support/requirements";
import { findProgram, ruby } from "./converge";

const folder = join(__dirname, "..");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
const text = (file: string) => readFileSync(join(folder, file), "utf8");
const json = (file: string) => JSON.parse(text(file));
const names = (kind: string) =>
  readdirSync(join(folder, kind))
    .filter((name) => !name.startsWith("."))
    .map((name) => name.replace(/\.json$/, ""));
const run = (program: string, args: string[], input?: string) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8", input });
  return { status, said: `${stdout}${stderr}`.trim() };
};
const cookbooks = names("cookbooks");
const version = (cookbook: string) =>
  text(`cookbooks/${cookbook}/metadata.rb`).match(/^version '(\d+\.\d+\.\d+)'$/m)?.[1];
const rubocop: Requirement = findProgram("rubocop", "rubocop");

describeWith("the Ruby of the Chef repository (S1-48, S1-54)", [ruby, rubocop], () => {
  it("is valid, file by file", () => {
    for (const file of files.filter((name) => name.endsWith(".rb"))) {
      expect({ file, ...run("ruby", ["-wc", file]) }).toEqual({ file, status: 0, said: "Syntax OK" });
    }
  });

  it("is valid in its templates", () => {
    const templates = files.filter((name) => name.endsWith(".erb"));
    expect(templates).not.toEqual([]);
    for (const file of templates) {
      const source = run("erb", ["-x", "-T", "-", file]);
      expect({ file, ...source, said: "" }).toEqual({ file, status: 0, said: "" });
      expect({ file, ...run("ruby", ["-c"], source.said) }).toEqual({ file, status: 0, said: "Syntax OK" });
    }
  });

  it("has the style of .rubocop.yml", () => {
    expect(run("rubocop", ["--cache", "false", "--format", "simple"])).toMatchObject({
      status: 0,
      said: expect.stringContaining("no offenses detected"),
    });
  });
});

describeWith("the repository", [], () => {
  it.each(cookbooks)("gives the cookbook %s a name, a version and a client to run on (S1-53)", (cookbook) => {
    const metadata = text(`cookbooks/${cookbook}/metadata.rb`);
    expect(metadata).toContain(`name '${cookbook}'`);
    expect(metadata).toContain("chef_version '>= 18.0'");
    expect(version(cookbook)).toMatch(/^\d/);
    for (const [, dependency] of metadata.matchAll(/^depends '([^']+)'/gm)) expect(cookbooks).toContain(dependency);
  });

  it.each(names("environments"))("pins every cookbook in the environment %s to the version it has (S1-53)", (name) => {
    const environment = json(`environments/${name}.json`);
    expect(environment).toMatchObject({ name, json_class: "Chef::Environment", chef_type: "environment" });
    const pins = Object.fromEntries(cookbooks.map((cookbook) => [cookbook, `= ${version(cookbook)}`]));
    expect(environment.cookbook_versions).toEqual(pins);
  });

  it.each(names("roles"))("has what the role %s runs (S1-49, S1-50)", (name) => {
    const role = json(`roles/${name}.json`);
    expect(role).toMatchObject({ name, json_class: "Chef::Role", chef_type: "role", env_run_lists: {} });
    for (const item of role.run_list) {
      const [, kind, what, recipe = "default"] = item.match(/^(role|recipe)\[([a-z_]+)(?:::([a-z_]+))?\]$/);
      if (kind === "role") expect(names("roles")).toContain(what);
      else expect(files).toContain(`cookbooks/${what}/recipes/${recipe}.rb`);
    }
    if (name !== "base") expect(role.run_list[0]).toBe("role[base]");
  });
});
