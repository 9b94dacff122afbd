import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Task {
  readonly exec?: {
    readonly command: string;
    readonly arguments?: readonly string[];
    readonly working_directory: string;
  };
  readonly fetch?: {
    readonly stage: string;
    readonly job: string;
    readonly source: string;
    readonly destination: string;
  };
}
interface Job {
  readonly timeout: number;
  readonly resources: readonly string[];
  readonly artifacts?: readonly { readonly build: { readonly source: string; readonly destination: string } }[];
  readonly tasks: readonly Task[];
}
interface Stage {
  readonly approval?: { readonly type: string };
  readonly clean_workspace?: boolean;
  readonly jobs: Readonly<Record<string, Job>>;
}

const text = readFileSync(join(__dirname, "guestbook-mesos.gocd.yaml"), "utf8");
const file = parse(text);
const pipeline = file.pipelines["guestbook-mesos"];
const stages: [string, Stage][] = pipeline.stages.flatMap(Object.entries);
const jobs = stages.flatMap(([stage, { jobs: all }]) =>
  Object.entries(all).map(([name, job]) => ({ stage, name, job, at: `${stage}/${name}` })),
);
const environments = JSON.parse(readFileSync(join(__dirname, "environments.json"), "utf8"));
const here = "systems/guestbook-mesos/deploy";

describe("the pipeline (S1-61)", () => {
  it("is a file that GoCD's YAML plug-in reads, and the only place where the pipeline is", () => {
    expect(Object.keys(file)).toEqual(["format_version", "pipelines"]);
    expect(file.format_version).toBe(10);
    expect(Object.keys(file.pipelines)).toEqual(["guestbook-mesos"]);
    // One run at a time, so that two commits never change an environment together.
    expect(pipeline.lock_behavior).toBe("unlockWhenFinished");
  });

  it("starts with every commit that changes the application or how it is deployed, and with no other", () => {
    expect(pipeline.materials).toEqual({
      source: expect.objectContaining({
        branch: "main",
        includes: ["systems/guestbook-mesos/app/**", "systems/guestbook-mesos/deploy/**"],
      }),
    });
  });

  it("builds and pushes once, deploys to dev by itself, and to production when somebody has approved", () => {
    expect(stages.map(([name, { approval }]) => [name, approval?.type])).toEqual([
      ["image", undefined],
      ["dev", undefined],
      ["production", "manual"],
    ]);
    const building = jobs.filter(({ job }) => job.tasks.some(({ exec }) => exec?.command === "./release-image"));
    expect(building.map(({ at }) => at)).toEqual(["image/image"]);
  });

  it("hands the version from stage to stage, so that production gets the image that dev had", () => {
    const [image] = jobs;
    expect(image!.job.artifacts).toEqual([{ build: { source: `${here}/release/version`, destination: "release" } }]);
    for (const { job } of jobs.slice(1)) {
      expect(job.tasks[0]!.fetch).toEqual({
        ...{ stage: image!.stage, job: image!.name, is_file: true },
        ...{ source: "release/version", destination: `${here}/release` },
      });
    }
    expect(readFileSync(join(__dirname, "config/deploy.rb"), "utf8")).toContain("'../release/version'");
  });

  it("deploys by Capistrano, to environments that there are (S1-62)", () => {
    const deploying = jobs.slice(1).map(({ stage, job }) => [stage, job.tasks[1]!.exec]);
    expect(deploying).toEqual(
      Object.keys(environments.environments).map((name) => [
        name,
        { working_directory: here, command: "cap", arguments: [name, "deploy"] },
      ]),
    );
    for (const name of Object.keys(environments.environments))
      expect(existsSync(join(__dirname, `config/deploy/${name}.rb`)), name).toBe(true);
  });

  it("calls programs that are there and can be run by hand", () => {
    const called = jobs.flatMap(({ job }) => job.tasks.map(({ exec }) => exec)).filter((exec) => exec !== undefined);
    const own = called.map(({ command }) => command).filter((command) => command.startsWith("./"));
    expect([...new Set(called.map(({ working_directory: folder }) => folder))]).toEqual([here]);
    for (const name of [...own, "build", "push", "deploy", "version"])
      expect(statSync(join(__dirname, name)).mode & 0o111, name).toBe(0o111);
  });

  it("gives up later than a deployment and its way back, which must not be cut off", () => {
    const [, seconds] = /--timeout.*default=(\d+)/.exec(readFileSync(join(__dirname, "deploy"), "utf8"))!;
    for (const { stage, job } of jobs)
      if (stage !== "image") expect(job.timeout * 60).toBeGreaterThan(2 * Number(seconds));
  });

  it("knows no password: a registry is entered with the role of the agent", () => {
    expect(text).not.toMatch(/secure_variables|password|token|AKIA/i);
    expect(readFileSync(join(__dirname, "push"), "utf8")).toContain("aws ecr get-login-password");
  });
});

describe("the image of the application (S1-02, S1-04)", () => {
  const dockerfile = readFileSync(join(__dirname, "../app/Dockerfile"), "utf8");

  it("is nginx, of one exact version", () => {
    expect(dockerfile).toMatch(/^ARG BASE=docker\.io\/library\/nginx:\d+\.\d+\.\d+\nFROM \$\{BASE\}\n/m);
  });

  it("has the number that versions begin with in a file", () => {
    expect(readFileSync(join(__dirname, "../app/version"), "utf8")).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
