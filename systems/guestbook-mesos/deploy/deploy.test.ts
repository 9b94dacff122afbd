import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { complaints } from "./stand-ins/app-schema";
import { type App, Marathon } from "./stand-ins/marathon";

const definition = JSON.parse(readFileSync(join(__dirname, "guestbook.json"), "utf8"));
const { image } = JSON.parse(readFileSync(join(__dirname, "environments.json"), "utf8"));
const [old, next] = ["1.0.0-0123456789ab", "1.1.0-ba9876543210"];

/** The app as a deployment of this version sends it. */
const app = (version: string): App => ({
  ...definition,
  container: { ...definition.container, docker: { ...definition.container.docker, image: `${image}:${version}` } },
  labels: { version },
});

let marathon: Marathon;
let running: ChildProcess | undefined;

beforeEach(async () => {
  marathon = new Marathon();
  await marathon.listen();
});

afterEach(() => {
  running?.kill("SIGKILL");
  marathon.close();
});

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  /** What it told about its progress. */
  readonly said: string;
}

function deploy(...args: string[]): Promise<Finished> {
  const quick = ["--marathon", marathon.url, "--interval", "0.01", "--timeout", "50"];
  const child = spawn(join(__dirname, "deploy"), [...quick, ...args], {
    env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: "1" },
  });
  running = child;
  const told = { stdout: "", said: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    told.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    told.said += text;
  });
  return new Promise((finished) => child.on("close", (code) => finished({ code, ...told })));
}
const images = () => [...new Set(marathon.tasks.map((task) => task.image))];

describe("the guestbook as an app of Marathon (S1-02, S1-04, S1-23)", () => {
  it("is an app that Marathon takes", () => {
    expect(complaints(definition)).toEqual([]);
  });

  it("is refused by the stand-in where Marathon would refuse it", () => {
    expect(complaints({ ...definition, instance: 4 })).not.toEqual([]);
    expect(complaints({ ...definition, healthChecks: [{ protocol: "mesos_http" }] })).not.toEqual([]);
  });

  it("runs in Docker containers, on whatever port of the agent is free", () => {
    expect(definition.container).toMatchObject({
      type: "DOCKER",
      portMappings: [{ containerPort: 80, hostPort: 0, protocol: "tcp" }],
    });
    expect(definition.networks).toEqual([{ mode: "container/bridge" }]);
  });

  it("is checked by Mesos on the agent, as Marathon reaches no task's port", () => {
    expect(definition.healthChecks).toEqual([expect.objectContaining({ protocol: "MESOS_HTTP", path: "/healthz" })]);
  });

  it("never shares an agent with itself, spreads over the zones, and keeps half of its tasks during a change", () => {
    expect(definition.constraints).toEqual([
      ["hostname", "UNIQUE"],
      ["az", "GROUP_BY"],
    ]);
    expect(definition.upgradeStrategy).toEqual({ minimumHealthCapacity: 0.5, maximumOverCapacity: 0.25 });
    // One task on each of five agents at most, while a change runs one more than it will keep.
    expect(Math.ceil(definition.instances * 1.25)).toBeLessThanOrEqual(5);
  });

  it("tells Registrator its name and how Consul checks it (S1-35, S1-38)", () => {
    expect(definition.env).toEqual({
      SERVICE_NAME: "guestbook",
      SERVICE_80_CHECK_HTTP: "/healthz",
      SERVICE_80_CHECK_INTERVAL: "10s",
      SERVICE_80_CHECK_TIMEOUT: "3s",
    });
  });
});

describe("a deployment (S1-22, S1-64)", () => {
  it("puts the app, waits until every task is healthy, and says how far it is", async () => {
    marathon.runs(app(old));
    const { code, stdout, said } = await deploy(next);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(marathon.changes).toEqual(["PUT /v2/apps/guestbook"]);
    const put = marathon.requests.find(({ method }) => method === "PUT")!;
    expect(put).toMatchObject({ query: { force: "false", partialUpdate: "false" }, body: app(next) });
    expect(images()).toEqual([`${image}:${next}`]);
    expect(said).toContain(`deploy: /guestbook: ${old} -> ${next} at ${marathon.url}\n`);
    expect(said).toContain("deploy: 4 of 4 tasks are healthy, 2 of this deployment\n");
    expect(said.trim().split("\n").pop()).toBe(`deploy: ${next} runs`);
  });

  it("makes an app that was not there", async () => {
    expect(await deploy(old)).toMatchObject({ code: 0, said: expect.stringContaining(`nothing -> ${old}`) });
    expect(marathon.tasks).toHaveLength(4);
  });

  it("can be repeated", async () => {
    marathon.runs(app(next));
    expect(await deploy(next)).toMatchObject({ code: 0 });
  });

  it("goes back to the version before when tasks keep failing, and says what they died of", async () => {
    marathon.runs(app(old));
    marathon.fates[next] = "fails";
    const { code, said } = await deploy(next);
    expect(code).toBe(1);
    expect(said.match(/a task has failed: TASK_FAILED on 10.0.0.7: Container exited with status 1/g)).toHaveLength(3);
    expect(said).toContain(`${next} does not run: 3 tasks have failed`);
    expect(said.trim().split("\n").pop()).toBe(`deploy: ${old} runs again`);
    expect(images()).toEqual([`${image}:${old}`]);
    expect(marathon.changes).toEqual(["PUT /v2/apps/guestbook", "PUT /v2/apps/guestbook"]);
    expect(marathon.requests.filter(({ method }) => method === "PUT")[1]!.query).toEqual({ force: "true" });
  });

  it("goes back when the new tasks are not healthy in time", async () => {
    marathon.runs(app(old));
    marathon.fates[next] = "stays unhealthy";
    const { code, said } = await deploy(next, "--timeout", "5");
    expect({ code, images: images() }).toEqual({ code: 1, images: [`${image}:${old}`] });
    expect(said).toContain(
      `${next} does not run: not healthy after 5 s (4 of 4 tasks are healthy, 1 of this deployment)`,
    );
    expect(said).toContain(`puts /guestbook back to ${old}`);
  });

  it("removes an app that never ran", async () => {
    marathon.fates[next] = "fails";
    const { code, said } = await deploy(next);
    expect({ code, changes: marathon.changes }).toEqual({
      code: 1,
      changes: ["PUT /v2/apps/guestbook", "DELETE /v2/apps/guestbook"],
    });
    expect(said).toContain("there was no /guestbook before; removes it");
    expect(marathon.app).toBeUndefined();
  });

  it("goes back when it is interrupted, as by a pipeline that is cancelled", async () => {
    marathon.runs(app(old));
    marathon.fates[next] = "stays unhealthy";
    marathon.beforeStep = () => {
      marathon.beforeStep = () => {};
      running!.kill("SIGTERM");
    };
    const { code, said } = await deploy(next);
    expect({ code, images: images() }).toEqual({ code: 1, images: [`${image}:${old}`] });
    expect(said).toContain("interrupted by SIGTERM");
  });

  it("outlasts an election of Marathon's leader, on the way there and back", async () => {
    marathon.runs(app(old));
    marathon.fates[next] = "fails";
    let steps = 0;
    marathon.beforeStep = () => {
      steps += 1;
      if (steps === 2 || steps === 4) marathon.unavailable = 3;
    };
    const { code, said } = await deploy(next);
    expect(said).toMatch(/Marathon does not answer: .* answers 503/);
    expect({ code, images: images() }).toEqual({ code: 1, images: [`${image}:${old}`] });
  });

  it("does not cut into another deployment, unless it is told to", async () => {
    marathon.runs(app(old));
    marathon.app = { ...app(old), version: marathon.app!.version };
    marathon.deployments = [{ id: "somebody-elses", version: marathon.app.version }];
    marathon.beforeStep = () => {};
    const { code, said } = await deploy(next);
    expect(code).toBe(2);
    expect(said).toContain("App is locked by one or more deployments");
    expect(said).toContain("it is busy with somebody-elses: wait for that, or take its place with --force");
    expect(images()).toEqual([`${image}:${old}`]);
    expect(await deploy(next, "--force")).toMatchObject({ code: 0 });
  });

  it("leaves the app alone when somebody else deploys in the meantime", async () => {
    marathon.runs(app(old));
    marathon.beforeStep = () => {
      marathon.beforeStep = () => {};
      marathon.runs(app("2.0.0-aaaaaaaaaaaa"));
    };
    const { code, said } = await deploy(next);
    expect(code).toBe(3);
    expect(said).toContain("somebody else has changed /guestbook in the meantime; leaves it as it is");
    expect(images()).toEqual([`${image}:2.0.0-aaaaaaaaaaaa`]);
  });

  it("says what Marathon has against the app, and has changed nothing then", async () => {
    marathon.runs(app(old));
    marathon.objections = [{ path: "/constraints(0)", errors: ["unknown operator"] }];
    const { code, said } = await deploy(next);
    expect({ code, images: images() }).toEqual({ code: 2, images: [`${image}:${old}`] });
    expect(said).toContain("Marathon refuses: 422 Object is not valid /constraints(0): unknown operator");
  });

  it("says that nobody is there, and has changed nothing then", async () => {
    const { code, said } = await deploy(next, "--marathon", "http://127.0.0.1:9");
    expect(code).toBe(2);
    expect(said).toContain("cannot ask Marathon what runs: http://127.0.0.1:9/v2/apps/guestbook");
    expect(said).not.toContain("Traceback");
  });

  it("says with --dry-run what it would send, and changes nothing", async () => {
    marathon.runs(app(old));
    const { code, stdout, said } = await deploy(next, "--dry-run");
    expect({ code, changes: marathon.changes }).toEqual({ code: 0, changes: [] });
    expect(JSON.parse(stdout)).toEqual(app(next));
    expect(said).toContain(`${old} -> ${next}`);
  });

  it("refuses what is no version and no environment, all at once, before it asks anybody", async () => {
    const { code, said } = await deploy("latest", "--environment", "moon");
    expect(code).toBe(2);
    expect(said).toContain("a version looks like 1.2.3-0123456789ab (as `build` prints it), got 'latest'");
    expect(said).toContain("there is no environment moon; there are: dev production");
    expect(marathon.requests).toEqual([]);
  });
});
