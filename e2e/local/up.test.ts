import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { type Finished, run } from "../support/process";
import { projectCopy } from "../support/project";
import { describeWith, findTool, type Requirement, tool } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";

/** Terraform, and a Docker provider that needs no engine. */
async function terraformWithoutEngine(): Promise<Requirement[]> {
  const terraform = tool("terraform");
  if (terraform.missing) return [terraform];
  const cwd = temporaryFolder("docker-provider");
  const required = { docker: { source: "kreuzwerker/docker", version: "3.6.2" } };
  writeFileSync(join(cwd, "probe.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
  const { code } = await run(findTool("terraform")!, ["init", "-no-color", "-input=false"], { cwd, env: process.env });
  const name = "the stand-in Docker provider 3.6.2";
  return [terraform, code === 0 ? { name } : { name, missing: "give Terraform a plugin mirror that has it" }];
}

describeWith("slipway up and down with a real Terraform", await terraformWithoutEngine(), () => {
  let project: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    project = projectCopy();
    const bin = join(project, "stand-ins");
    mkdirSync(bin);
    // An engine that has every image, no volume and no container.
    const docker = '#!/bin/sh\ncase "$*" in container*) echo "Error: No such container" >&2; exit 1 ;; esac\n';
    writeFileSync(join(bin, "docker"), docker);
    chmodSync(join(bin, "docker"), 0o755);
    env = { ...process.env, PATH: [bin, dirname(findTool("terraform")!), process.env.PATH].join(delimiter) };
  });

  const slipway = (...args: string[]): Promise<Finished> =>
    run(process.execPath, ["bin/slipway.mjs", ...args], { cwd: project, env });
  const state = () => {
    const file = join(project, "terraform.wordpress-mysql-local.tfstate");
    if (!existsSync(file)) return [];
    return JSON.parse(readFileSync(file, "utf8")).resources.map(({ type }: { type: string }) => type) as string[];
  };
  const locks = () => readdirSync(project).filter((file) => file.includes("lock.info"));

  it("is interrupted in the middle of an apply, and leaves no lock behind", async () => {
    const child = spawn(process.execPath, ["bin/slipway.mjs", "up", "wordpress-mysql"], {
      cwd: project,
      env,
      detached: true,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    const ended = new Promise((resolve) => child.on("close", resolve));
    // Terraform holds its lock from before it plans until all is made.
    const inTheMiddle = () => /^terraform apply .* …$/m.test(output) && locks().length > 0;
    while (child.exitCode === null && !inTheMiddle()) await pause(10);
    expect([locks(), output]).toEqual([[expect.stringMatching(/^\.terraform\..*\.lock\.info$/)], expect.anything()]);
    // Everything of the group hears it, as at a terminal.
    process.kill(-child.pid!, "SIGINT");
    const code = await ended;
    expect([code, output]).toEqual([130, expect.stringContaining("interrupted; terraform has ended in order")]);
    expect(locks()).toEqual([]);
  });

  it("goes on where it was, up to containers that no engine has", async () => {
    const { code, output } = await slipway("up", "wordpress-mysql");
    expect([code, output]).toEqual([2, expect.stringContaining("wordpress is missing: there is no container")]);
    expect(state().filter((type) => type === "docker_container")).toHaveLength(2);
    const secret = join(project, ".secrets/wordpress-mysql-local/database-password");
    expect(readFileSync(join(project, "terraform.wordpress-mysql-local.tfstate"), "utf8")).not.toContain(
      readFileSync(secret, "utf8"),
    );
  });

  it("takes down everything but the data, then the data too", async () => {
    expect(await slipway("down", "wordpress-mysql")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("its data are kept"),
    });
    expect(new Set(state())).toEqual(new Set(["docker_volume"]));
    expect(await slipway("down", "wordpress-mysql", "--data")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("its data too"),
    });
    expect(state()).toEqual([]);
    expect(existsSync(join(project, ".secrets/wordpress-mysql-local"))).toBe(false);
    expect(await slipway("down", "wordpress-mysql")).toMatchObject({ code: 0, stdout: "wordpress-mysql was not up\n" });
  });
});
