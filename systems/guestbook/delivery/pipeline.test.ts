import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
}
interface Job {
  readonly needs?: string[];
  readonly if?: string;
  readonly "runs-on": string | string[];
  readonly environment?: string;
  readonly permissions?: Record<string, string>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly env?: Record<string, string>;
  readonly outputs?: Record<string, string>;
  readonly "timeout-minutes"?: number;
  readonly steps: Step[];
}

const text = readFileSync(join(__dirname, "pipeline.yml"), "utf8");
const { on, permissions, jobs } = parse(text) as {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
};
const environments: Record<string, { from?: string; registry: string; site: string; region: string; account: string }> =
  JSON.parse(readFileSync(join(__dirname, "environments.json"), "utf8"));

const stages = ["acceptance", "manual", "production"];
const commands = (job: string) => jobs[job]!.steps.map(({ run = "" }) => run).join("\n");

describe("the pipeline", () => {
  it("goes from the commit to acceptance, manual tests and production, one after the other (S0-33, S0-W01, S0-W03)", () => {
    expect(Object.entries(jobs).map(([name, { needs = [] }]) => [name, needs])).toEqual([
      ["test", []],
      ["image", ["test"]],
      ["acceptance", ["image"]],
      ["manual", ["image", "acceptance"]],
      ["production", ["image", "manual"]],
    ]);
  });

  it("tests every commit, and builds the container of main only when the tests pass (S0-W02)", () => {
    expect(Object.keys(on)).toEqual(["push", "pull_request", "workflow_dispatch"]);
    expect(commands("test")).toContain("vitest run --configLoader runner systems/guestbook");
    expect(commands("test")).toContain("e2e/guestbook/guestbook.test.ts");
    expect(jobs.test!.if).toBeUndefined();
    expect(jobs.image).toMatchObject({ needs: ["test"], if: "github.ref == 'refs/heads/main'" });
    expect(commands("image")).toMatch(/delivery\/build --pull[\s\S]*delivery\/push "\$version"/);
  });

  it("builds once, and moves that very image on: every stage is told its version and digest (S0-W03, S0-W04)", () => {
    const building = Object.keys(jobs).filter((job) => /delivery\/(build|push)|docker build/.test(commands(job)));
    expect(building).toEqual(["image"]);
    expect(jobs.image!.outputs).toEqual({
      version: "${{ steps.push.outputs.version }}",
      digest: "${{ steps.push.outputs.digest }}",
    });
    for (const stage of stages) {
      expect(jobs[stage]!.env).toEqual({
        VERSION: "${{ needs.image.outputs.version }}",
        DIGEST: "${{ needs.image.outputs.digest }}",
      });
      expect(commands(stage)).toContain(`delivery/promote ${stage} "$VERSION" --digest "$DIGEST"`);
    }
  });

  it("enters an environment only through its rules, where approval is one (S0-W03)", () => {
    const entered = Object.entries(jobs).filter(([, { environment }]) => environment);
    expect(entered.map(([job, { environment }]) => [job, environment])).toEqual(stages.map((stage) => [stage, stage]));
    // A job that could go on without the ones before it would go round their approval.
    for (const stage of stages) expect(jobs[stage]!.if).toBeUndefined();
    expect(text).toContain("Give `manual` and `production` required reviewers");
  });

  it("tests acceptance as a visitor does before anybody is asked for an approval", () => {
    expect(commands("acceptance")).toMatch(
      /delivery\/promote[^\n]*\n.*delivery\/acceptance-test acceptance "\$VERSION"/,
    );
  });

  it("changes one environment at a time, and never stops in the middle of it", () => {
    expect(stages.map((stage) => jobs[stage]!.concurrency)).toEqual(
      stages.map((stage) => ({ group: `guestbook-${stage}`, "cancel-in-progress": false })),
    );
  });

  it("has no key of AWS: it takes roles by OIDC, and may do nothing else that it does not need", () => {
    expect(permissions).toEqual({ contents: "read" });
    expect(jobs.test!.permissions).toBeUndefined();
    for (const job of ["image", ...stages]) {
      expect(jobs[job]!.permissions).toEqual({ contents: "read", "id-token": "write" });
      const role = jobs[job]!.steps.find(({ uses }) => uses?.startsWith("aws-actions/"))!.with!["role-to-assume"];
      expect(role).toBe(job === "image" ? "${{ vars.AWS_BUILD_ROLE }}" : "${{ vars.AWS_ROLE }}");
    }
    expect(text).not.toMatch(/secrets\.|access-key|AKIA/i);
  });

  it("takes every action by its commit, and leaves no token in the checkout", () => {
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const uses = steps.map((step) => step.uses).filter((action) => action !== undefined);
    expect(uses.length).toBeGreaterThan(8);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    expect(text.match(/uses: .*/g)).toEqual(uses.map(() => expect.stringMatching(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)));
    for (const { with: given } of steps.filter((step) => step.uses?.startsWith("actions/checkout@")))
      expect(given).toEqual({ "persist-credentials": false });
  });

  it("puts no expression into a shell, where its text would be run", () => {
    for (const job of Object.keys(jobs)) expect(commands(job)).not.toContain("${{");
  });

  it("runs what strangers propose on a machine that is thrown away", () => {
    expect(jobs.test!["runs-on"]).toBe("ubuntu-24.04");
    for (const job of ["image", ...stages]) expect(jobs[job]!["runs-on"]).toEqual(["self-hosted", "guestbook"]);
  });

  it("gives up before the credentials of a stage run out", () => {
    const [, timeout] = /timeout=(\d+)$/m.exec(readFileSync(join(__dirname, "promote"), "utf8"))!;
    for (const stage of stages) expect(jobs[stage]!["timeout-minutes"]).toBe(60);
    expect(Number(timeout) / 60).toBeLessThanOrEqual(50);
  });

  it("calls scripts that are there and can be run by hand", () => {
    const called = [
      ...new Set([...text.matchAll(/systems\/guestbook\/delivery\/([a-z-]+)(?= |\)|$)/gm)].map(([, name]) => name!)),
    ];
    expect(called.sort()).toEqual(["acceptance-test", "build", "login", "promote", "push"]);
    for (const script of [...called, "deployed", "version"])
      expect(statSync(join(__dirname, script)).mode & 0o111, script).toBe(0o111);
  });
});

describe("the environments", () => {
  it("get their images from one another in the order of the stages (S0-W03)", () => {
    expect(Object.entries(environments).map(([name, { from }]) => [name, from])).toEqual([
      ["acceptance", undefined],
      ["manual", "acceptance"],
      ["production", "manual"],
    ]);
  });

  it("have a registry, an account and a site of their own", () => {
    for (const key of ["registry", "account", "site"] as const)
      expect(new Set(Object.values(environments).map((environment) => environment[key])).size).toBe(3);
  });
});
