import { readdirSync, statSync, utimesSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeWith } from "../../../../../e2e/support/requirements";
import { python, type Request, Stage } from "./stage";

let stage: Stage;
let env: Record<string, string>;

beforeEach(async () => {
  stage = await Stage.make();
  stage.node({ gocd: { agent_key_secret_arn: "arn:key" }, backup: { bucket: "backups", prefix: "copy/" } });
  stage.answers("aws", { "--secret-id arn:key": Stage.secret("k3y"), "s3 cp": "" });
  env = {
    GOCD_CONFIGURATION: stage.path("cruise-config.xml"),
    GOCD_BACKUPS: stage.path("backups"),
    GOCD_PAUSE: "0.02",
  };
});
afterEach(() => stage.close());

describeWith("the configuration of the GoCD server", [python], () => {
  const pipelines = { url: "https://github.com/example/guestbook.git", branch: "main" };
  const configure = (repository: object = pipelines) => {
    env.GOCD_SETTINGS = stage.write("gocd-server.json", { pipelines: repository, port: 8153 });
    return stage.run("guestbook_gocd/gocd-server-config", { env });
  };
  const written = () => stage.read("cruise-config.xml");

  it("begins with the key by which agents register, and the repository of the pipelines (S1-15, S1-61)", async () => {
    expect(await configure()).toMatchObject({ code: 0, stderr: "" });
    expect(written()).toBe(`<?xml version="1.0" encoding="utf-8"?>
<cruise xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="cruise-config.xsd" schemaVersion="139">
  <server agentAutoRegisterKey="k3y" />
  <config-repos>
    <config-repo id="guestbook" pluginId="yaml.config.plugin">
      <git url="https://github.com/example/guestbook.git" branch="main" />
      <rules>
        <allow action="refer" type="*">*</allow>
      </rules>
    </config-repo>
  </config-repos>
</cruise>
`);
    expect(statSync(stage.path("cruise-config.xml")).mode & 0o777).toBe(0o600);
  });

  it("keeps what GoCD and people have written since (S1-61)", async () => {
    const theirs = '<agents><agent uuid="1" hostname="x" /></agents>';
    stage.write(
      "cruise-config.xml",
      `<cruise schemaVersion="141"><server agentAutoRegisterKey="old" serverId="me"><artifacts /></server><pipelines group="a" />${theirs}</cruise>`,
    );
    await configure();
    expect(written()).toMatch(
      /schemaVersion="141"[\s\S]*agentAutoRegisterKey="k3y" serverId="me"[\s\S]*<config-repos>/,
    );
    expect(written()).toContain('<agent uuid="1" hostname="x" />');
    expect(written().indexOf("<config-repos>")).toBeLessThan(written().indexOf("<pipelines"));
  });

  it("is not touched when it is as it should be", async () => {
    await configure();
    utimesSync(stage.path("cruise-config.xml"), 1, 1);
    expect(await configure()).toMatchObject({ code: 0, stdout: "" });
    expect(statSync(stage.path("cruise-config.xml")).mtimeMs).toBe(1000);
  });

  it("follows the description to another branch, with one repository of ours", async () => {
    await configure();
    await configure({ ...pipelines, branch: "release" });
    expect(written().match(/<git .*/g)).toEqual([
      '<git url="https://github.com/example/guestbook.git" branch="release" />',
    ]);
  });

  it("has no repository where none is described: pipelines are made in the browser", async () => {
    await configure({});
    expect(written()).not.toContain("config-repo");
  });

  it("is left as it is when it is no XML", async () => {
    stage.write("cruise-config.xml", "<cruise>");
    expect(await configure()).toMatchObject({ code: 1, stderr: expect.stringContaining("config.git") });
    expect(written()).toBe("<cruise>");
  });
});

describeWith("an agent of GoCD", [python], () => {
  const register = (settings: object) =>
    stage.run("guestbook_gocd/gocd-agent-register", {
      env: {
        GOCD_AGENT_SETTINGS: stage.write("gocd-agent.json", settings),
        GOCD_AGENT_PROPERTIES: stage.path("run/go-agent/autoregister.properties"),
      },
    });

  it("registers with the key, under its instance's id, for what it can do (S1-61)", async () => {
    expect(await register({ resources: ["docker", "ruby"], environments: [] })).toMatchObject({ code: 0, stderr: "" });
    expect(stage.read("run/go-agent/autoregister.properties").trim().split("\n")).toEqual([
      "agent.auto.register.key=k3y",
      "agent.auto.register.resources=docker,ruby",
      "agent.auto.register.hostname=i-0123456789abcdef0",
    ]);
    expect(statSync(stage.path("run/go-agent/autoregister.properties")).mode & 0o777).toBe(0o600);
  });

  it("works for environments when it is told so", async () => {
    await register({ resources: [], environments: ["dev", "prod"] });
    expect(stage.read("run/go-agent/autoregister.properties")).toContain("agent.auto.register.environments=dev,prod\n");
  });
});

describeWith("the backup of the GoCD server", [python], () => {
  const parts = ["config-dir.zip", "config-repo.zip", "db.zip", "version.txt"];
  let requests: Request[];
  let running: number;
  let status: string;
  let made: readonly string[];

  beforeEach(async () => {
    requests = [];
    running = 2;
    status = "IN_PROGRESS";
    made = parts;
    let night = 0;
    const port = await stage.serve((request) => {
      requests.push(request);
      if (request.method === "POST") {
        running = 2;
        night += 1;
        for (const part of made) stage.write(`backups/backup_2026112${night}-024500/${part}`, part);
        return { status: 202 };
      }
      return running-- > 0 ? { body: { status, message: "x" } } : { status: 404, body: { message: "none" } };
    });
    env.GOCD_SETTINGS = stage.write("gocd-server.json", { pipelines: {}, port });
  });

  const backup = () => stage.run("guestbook_gocd/gocd-server-backup", { env });

  it("is made by GoCD, and goes to the bucket when it is done", async () => {
    expect(await backup()).toMatchObject({ code: 0, stderr: "" });
    expect(requests[0]).toMatchObject({ method: "POST", path: "/go/api/backups" });
    expect(requests[0]!.headers).toMatchObject({ accept: "application/vnd.go.cd.v2+json", "x-gocd-confirm": "true" });
    expect(requests).toHaveLength(4);
    expect(stage.calls("aws").at(-1)).toMatch(/s3 cp \S+\/(backup_\S+) s3:\/\/backups\/copy\/gocd\/\1 --recursive/);
  });

  it("leaves two on the volume", async () => {
    for (let night = 0; night < 3; night++) await backup();
    expect(readdirSync(stage.path("backups"))).toHaveLength(2);
  });

  it("is none when GoCD says so, or when a part is missing", async () => {
    status = "ERROR";
    expect(await backup()).toMatchObject({ code: 1, stderr: "GoCD's backup: ERROR x\n" });
    status = "IN_PROGRESS";
    made = parts.slice(0, 2);
    expect(await backup()).toMatchObject({ code: 1, stderr: expect.stringContaining("lacks db.zip, version.txt") });
    expect(stage.calls("aws")).toEqual([]);
  });
});
