import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run, succeeded } from "./process";
import { findTool, tool } from "./requirements";
import { copies, inOrder, stackOf } from "./stacks";
import { temporaryFolder } from "./temporary";

const here = { cwd: __dirname, env: process.env };
const node = (script: string, seconds?: number) => run(process.execPath, ["-e", script], { ...here, seconds });

describe("a program that a test runs", () => {
  it("reports its exit code and what it printed", async () => {
    const finished = await node("console.log(1); console.error(2); process.exitCode = 3");
    expect(finished).toMatchObject({ code: 3, stdout: "1\n", output: expect.stringContaining("2\n") });
  });

  it("gets no input, so that a question ends it", async () => {
    expect(await node("process.stdin.on('data', () => {}).on('end', () => console.log('end'))")).toMatchObject({
      stdout: "end\n",
    });
  });

  it("is ended when it takes too long", async () => {
    expect((await node("setInterval(() => {}, 1000)", 0.2)).code).toBe(-1);
  });

  it("fails the test with what it printed, when it must succeed", async () => {
    await expect(succeeded(node("console.error('why'); process.exitCode = 1"))).rejects.toThrow(/ended with 1\nwhy/);
  });

  it("fails the test from its first error on, however much it printed before", async () => {
    const running = node("console.log('a plan\\n'.repeat(100)); console.log('Error: no'); process.exitCode = 1");
    await expect(succeeded(running)).rejects.toThrow(/ended with 1\nError: no/);
  });
});

describe("a tool", () => {
  const folder = temporaryFolder("tools");
  const executable = (name: string) => {
    writeFileSync(join(folder, name), "#!/bin/sh\n");
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  };

  it("is the first executable of its name on PATH", () => {
    const terraform = executable("terraform");
    expect(findTool("terraform", { PATH: `/nowhere:${folder}` })).toBe(terraform);
    expect(tool("terraform", { PATH: folder })).toEqual({ name: "terraform" });
  });

  it("is the one that its variable names, and no other", () => {
    const other = executable("other");
    executable("terraform");
    expect(findTool("terraform", { PATH: folder, SLIPWAY_TERRAFORM: other })).toBe(other);
    expect(findTool("terraform", { PATH: folder, SLIPWAY_TERRAFORM: "/nowhere/terraform" })).toBeUndefined();
  });

  it("is neither a folder nor a file that cannot be run", () => {
    mkdirSync(join(folder, "packer"));
    writeFileSync(join(folder, "docker"), "");
    expect([findTool("packer", { PATH: folder }), findTool("docker", { PATH: folder })]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("that is missing comes with what to do about it", () => {
    expect(tool("terraform", { PATH: "" }).missing).toMatch(
      /^install Terraform .*, or set SLIPWAY_TERRAFORM to its path$/,
    );
  });
});

describe("a group of tests that needs something", () => {
  const outcome = (env: NodeJS.ProcessEnv) => {
    const folder = temporaryFolder("group");
    const test = `
      import { writeFileSync } from "node:fs";
      import { it } from "vitest";
      import { describeWith } from ${JSON.stringify(join(__dirname, "requirements"))};
      describeWith("a group", [{ name: "a thing", missing: process.env.HAVE ? undefined : "install it" }], () => {
        it("runs", () => writeFileSync(${JSON.stringify(join(folder, "ran"))}, ""));
      });`;
    writeFileSync(join(folder, "group.test.ts"), test);
    const vitest = join(__dirname, "../../node_modules/vitest/vitest.mjs");
    const args = [vitest, "run", "--root", folder, "--dir", folder, "--no-color", "--no-cache"];
    const cleared = { ...process.env, SLIPWAY_E2E_REQUIRE: "", SLIPWAY_TEST_REPORTS: "", ...env };
    const finished = run(process.execPath, args, { cwd: join(__dirname, "../.."), env: cleared });
    return finished.then(({ code, output }) => ({ code, output, ran: existsSync(join(folder, "ran")) }));
  };

  it("runs where everything is there", async () => {
    expect(await outcome({ HAVE: "1" })).toMatchObject({ code: 0, ran: true });
  });

  it("is skipped where something is missing, with a line that says what to do", async () => {
    const { code, output, ran } = await outcome({});
    expect({ code, ran }).toEqual({ code: 0, ran: false });
    expect(output).toContain('SKIPPED "a group" needs a thing: install it');
    expect(output).toMatch(/1 skipped/);
  });

  it("fails where everything is required", async () => {
    const { code, output, ran } = await outcome({ SLIPWAY_E2E_REQUIRE: "1" });
    expect({ code, ran }).toEqual({ code: 1, ran: false });
    expect(output).toContain("needs a thing: install it (SLIPWAY_E2E_REQUIRE=1 allows no skipping)");
  });
});

describe("the stacks of a copy", () => {
  const stack = (
    name: string,
    { writes = [], reads = [] }: { writes?: string[]; reads?: string[] },
    environment = "dev",
  ) =>
    stackOf(name, {
      provider: {
        aws: [{ default_tags: [{ tags: { "slipway:system": "shop", "slipway:environment": environment } }] }],
      },
      resource: { aws_ssm_parameter: Object.fromEntries(writes.map((parameter) => [parameter, { name: parameter }])) },
      data: { aws_ssm_parameter: Object.fromEntries(reads.map((parameter) => [parameter, { name: parameter }])) },
    });

  it("stand in the order in which their values flow", () => {
    const [a, b, c] = [
      stack("a", { reads: ["/b"] }),
      stack("b", { writes: ["/b"], reads: ["/c", "/aws/image"] }),
      stack("c", { writes: ["/c"] }),
    ];
    expect(inOrder([a!, b!, c!]).map(({ name }) => name)).toEqual(["c", "b", "a"]);
  });

  it("cannot wait for each other", () => {
    const circle = [stack("a", { writes: ["/a"], reads: ["/b"] }), stack("b", { writes: ["/b"], reads: ["/a"] })];
    expect(() => inOrder(circle)).toThrow("these stacks wait for each other: a, b");
  });

  it("are those of the same system and environment", () => {
    const found = copies([stack("a", {}), stack("b", {}, "production"), stack("c", {})]);
    expect(found.map(([copy, members]) => [copy, members.map(({ name }) => name)])).toEqual([
      ["shop of dev", ["a", "c"]],
      ["shop of production", ["b"]],
    ]);
  });
});
