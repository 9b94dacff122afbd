import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { type Block, synthesize } from "./synthesize";

const modules = join(__dirname, "../../modules");

/** What every module promises, checked on the example it ships. */
describe.each(readdirSync(modules))("modules/%s", (name) => {
  const example = async () => (await import(join(modules, name, "example"))).example as (stack: TerraformStack) => void;
  const document = async () => synthesize(await example());

  it("ships an example that synthesizes", async () => {
    expect((await document()).addresses()).not.toEqual([]);
  });

  it("synthesizes the same bytes twice", async () => {
    expect((await document()).json).toEqual((await document()).json);
  });

  it("puts no password in the code", async () => {
    expect((await document()).json).not.toMatch(/"(master_)?password"|"secret_string"|"auth_token"/);
  });

  it("writes no security group rule inside a group (problem 19)", async () => {
    const groups: Record<string, Block> = (await document()).document.resource?.aws_security_group ?? {};
    expect(Object.values(groups).filter((group) => "ingress" in group || "egress" in group)).toEqual([]);
  });

  it("leaves no empty block behind, which Terraform refuses", async () => {
    const { document: whole } = await document();
    expect(Object.entries(whole).filter(([, value]) => Object.keys(value).length === 0)).toEqual([]);
  });

  it("has one door, a specification and no file over 150 lines", () => {
    const files = readdirSync(join(modules, name)).filter((file) => file.endsWith(".ts"));
    expect(files).toEqual(expect.arrayContaining(["index.ts", "example.ts", `${name}.ts`, `${name}.test.ts`]));
    expect(readFileSync(join(modules, name, "index.ts"), "utf8")).not.toContain("export *");
    const long = files
      .filter((file) => !file.endsWith(".test.ts"))
      .filter((file) => readFileSync(join(modules, name, file), "utf8").split("\n").length > 151);
    expect(long).toEqual([]);
    expect(existsSync(join(modules, name, "utils.ts"))).toBe(false);
  });
});
