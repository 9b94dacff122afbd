import { afterEach, beforeEach, expect, it } from "vitest";
import { describeWith } from "../../../../../e2e/support/requirements";
import { python, type Reply, type Request, Stage } from "./stage";

const id = "4b1c2f9a-8e1d-4a53-9c0e-6f2c1d7a9b10-S3";
let stage: Stage;

beforeEach(async () => {
  stage = await Stage.make();
  stage.command("systemctl");
  stage.answers("aws", { autoscaling: "" });
});
afterEach(() => stage.close());

/** Masters as they answer: the one that leads does what it is told, the other one names it. */
class Masters {
  readonly calls: Request["body"][] = [];
  state: string | undefined;
  leads = true;
  port = 0;
  /** How often the agents are asked for until the drain is done. */
  left = 2;
  /** How often the agents are asked for until this one has registered again: after a change of the leader. */
  recovered = 0;

  async start(): Promise<this> {
    this.port = await stage.serve((request) => this.answer(request), "127.0.0.2");
    return this;
  }

  private answer({ method, path, body }: Request): Reply {
    if (method !== "POST" || path !== "/api/v1") return { status: 404 };
    if (!this.leads) return { status: 503, body: "No leader elected" };
    this.calls.push(body);
    if (body.type === "DRAIN_AGENT") {
      this.state = "DRAINING";
      return { status: 200 };
    }
    if (this.state === "DRAINING" && this.left-- <= 0) this.state = "DRAINED";
    const agent = { agent_info: { id: { value: id } }, ...(this.state && { drain_info: { state: this.state } }) };
    const other = { agent_info: { id: { value: "another" } } };
    const waits = this.recovered-- > 0;
    const agents = waits || this.state === "GONE" ? [other] : [other, agent];
    const recovered_agents = waits ? [agent.agent_info] : [];
    return { body: { type: "GET_AGENTS", get_agents: { agents, recovered_agents } } };
  }
}

describeWith("the end of an agent", [python], () => {
  let agent: number;
  let answer: Reply;
  let asked: number;

  beforeEach(async () => {
    [answer, asked] = [{ body: { id } }, 0];
    agent = await stage.serve(({ path }) => {
      asked += 1;
      return path === "/state" ? answer : { status: 404 };
    });
    stage.metadata["autoscaling/target-lifecycle-state"] = "Terminated";
  });

  const machine = (masters: string[]) =>
    stage.node({ mesos: { masters, drain: { hook: "drain", auto_scaling_group: "agents" } } });
  const drain = (port: number, env: Record<string, string> = {}) =>
    stage.start("guestbook_mesos_agent/mesos-agent-drain", {
      env: { MESOS_AGENT_PORT: `${agent}`, MESOS_MASTER_PORT: `${port}`, ...quick, ...env },
    });
  const quick = { DRAIN_PAUSE: "0.02", DRAIN_LOOK: "0.02", DRAIN_HEARTBEAT: "600" };
  const completed =
    "aws autoscaling complete-lifecycle-action --auto-scaling-group-name agents --lifecycle-hook-name drain --instance-id i-0123456789abcdef0 --lifecycle-action-result CONTINUE";

  it("drains it through the leading master, which another one names, and then lets Auto Scaling go on (S1-31, S1-33)", async () => {
    const masters = await new Masters().start();
    // Without a scheme, as Mesos does it.
    const follower = await stage.serve(
      ({ path }) => ({ status: 307, headers: { Location: `//127.0.0.2:${masters.port}${path}` } }),
      "127.0.0.3",
    );
    machine(["127.0.0.3"]);
    const { code, stdout } = await drain(follower).ended;
    expect(code).toBe(0);
    expect(masters.calls.find(({ type }) => type === "DRAIN_AGENT")).toEqual({
      type: "DRAIN_AGENT",
      drain_agent: { agent_id: { value: id }, max_grace_period: { nanoseconds: 300_000_000_000 }, mark_gone: true },
    });
    expect(stdout).toContain(`agent ${id} is DRAINED`);
    expect(stage.calls().map((call) => call.replace(/ --cli-.*/, ""))).toEqual([
      "systemctl stop mesos-agent.service",
      completed,
    ]);
  });

  it("does nothing while the machine may live", async () => {
    const masters = await new Masters().start();
    stage.metadata["autoscaling/target-lifecycle-state"] = "InService";
    machine(["127.0.0.2"]);
    const running = drain(masters.port);
    await stage.until("some looks at the metadata", () => stage.asked("autoscaling/target-lifecycle-state") > 2);
    expect([masters.calls, stage.calls()]).toEqual([[], []]);
    stage.metadata["autoscaling/target-lifecycle-state"] = "Terminated";
    expect((await running.ended).code).toBe(0);
    expect(masters.state).toBe("DRAINED");
  });

  it("is over as well when the master has forgotten the agent", async () => {
    const masters = await new Masters().start();
    masters.state = "GONE";
    machine(["127.0.0.2"]);
    const { stdout } = await drain(masters.port).ended;
    expect(stdout).toContain("is GONE");
    expect(masters.calls.map(({ type }) => type)).toEqual(["GET_AGENTS"]);
    expect(stage.calls("aws")).toHaveLength(1);
  });

  it("waits for a leader where there is none, and keeps Auto Scaling waiting", async () => {
    const masters = await new Masters().start();
    masters.leads = false;
    machine(["127.0.0.2"]);
    const running = drain(masters.port, { DRAIN_HEARTBEAT: "0.01" });
    await stage.until("a heartbeat", () => stage.calls("aws").length > 2);
    expect(stage.calls("aws")[0]).toContain("record-lifecycle-action-heartbeat");
    expect(stage.calls("systemctl")).toEqual([]);
    masters.leads = true;
    expect((await running.ended).stdout).toMatch(/no leading master: .* 503 No leader elected[\s\S]*is DRAINED/);
  });

  it("ends all the same when the tasks do not end in time", async () => {
    const masters = await new Masters().start();
    masters.left = Number.POSITIVE_INFINITY;
    machine(["127.0.0.2"]);
    const { code, stdout } = await drain(masters.port, { DRAIN_PATIENCE: "1" }).ended;
    expect([code, stdout]).toEqual([0, expect.stringContaining("not drained after 1 s")]);
    expect(stage.calls("aws").at(-1)).toContain("complete-lifecycle-action");
  });

  it("goes on where it was when it is interrupted: with its time, and the agent that has stopped meanwhile", async () => {
    const masters = await new Masters().start();
    masters.left = Number.POSITIVE_INFINITY;
    machine(["127.0.0.2"]);
    const first = drain(masters.port);
    await stage.until("a drain", () => masters.state === "DRAINING");
    first.kill();
    await first.ended;
    masters.left = 0;
    agent = await stage.nobody();
    expect((await drain(masters.port).ended).stdout).toContain("is DRAINED");
    expect(masters.calls.filter(({ type }) => type === "DRAIN_AGENT")).toHaveLength(1);
  });

  it("asks an agent again that does not answer at once: its tasks would be killed", async () => {
    const masters = await new Masters().start();
    answer = { status: 503 };
    machine(["127.0.0.2"]);
    const running = drain(masters.port);
    await stage.until("a record", () => stage.has("run/drain"));
    expect(JSON.parse(stage.read("run/drain")).agent).toBeNull();
    await stage.until("a second look", () => asked > 1);
    answer = { body: { id } };
    expect((await running.ended).stdout).toMatch(/slow to say so\n[\s\S]*is DRAINED/);
    expect(JSON.parse(stage.read("run/drain")).agent).toBe(id);
  });

  it("waits for an agent that a new leader knows from its registry only", async () => {
    const masters = await new Masters().start();
    masters.recovered = 3;
    machine(["127.0.0.2"]);
    expect((await drain(masters.port).ended).stdout).toMatch(/is RECOVERED\n[\s\S]*is DRAINED/);
    expect(masters.calls.map(({ type }) => type).indexOf("DRAIN_AGENT")).toBe(4);
  });

  it("needs no master where no agent is registered", async () => {
    agent = await stage.nobody();
    machine(["127.0.0.2"]);
    const { stdout } = await drain(await stage.nobody(), { DRAIN_SILENCE: "0" }).ended;
    expect(stdout).toContain("no agent is registered from here: nothing to drain");
    expect(stage.calls("aws")).toHaveLength(1);
  });

  it("does not mind a hook that waits no more", async () => {
    const masters = await new Masters().start();
    const fails = "An error occurred (ValidationError): No active Lifecycle Action found with instance ID i-0";
    stage.answers("aws", { "complete-lifecycle-action": { fails } });
    machine(["127.0.0.2"]);
    expect((await drain(masters.port).ended).code).toBe(0);
    stage.answers("aws", { "complete-lifecycle-action": { fails: "AccessDenied" } });
    expect(await drain(masters.port).ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("AccessDenied"),
    });
  });
});

describeWith("the health of an agent", [python], () => {
  const look = async (port: number, patience = "300") =>
    stage.run("guestbook_mesos_agent/mesos-agent-health", {
      env: { MESOS_AGENT_PORT: `${port}`, HEALTH_PATIENCE: patience },
    });

  beforeEach(() => stage.node({}));

  it("is nobody's business while it answers (S1-18)", async () => {
    const port = await stage.serve(({ path }) => ({ status: path === "/health" ? 200 : 404 }));
    expect((await look(port, "0")).code).toBe(0);
    expect(stage.calls()).toEqual([]);
  });

  it("is reported when it has been dead for longer than a restart takes, and not before", async () => {
    const port = await stage.nobody();
    expect(await look(port)).toMatchObject({ code: 0, stdout: "" });
    expect(await look(port)).toMatchObject({ code: 0, stdout: "" });
    expect(stage.calls()).toEqual([]);
    const { stdout } = await look(port, "0");
    expect(stdout).toMatch(/^the agent has not answered for \d+ s: i-0123456789abcdef0 is reported as unhealthy/);
    expect(stage.calls("aws")).toEqual([
      expect.stringContaining(
        "autoscaling set-instance-health --instance-id i-0123456789abcdef0 --health-status Unhealthy",
      ),
    ]);
  });

  it("counts from the last time that it answered", async () => {
    await look(await stage.nobody());
    await look(await stage.serve(() => ({})));
    expect(stage.has("run/agent-dead-since")).toBe(false);
  });

  it("is no matter when the agent was drained", async () => {
    stage.metadata["autoscaling/target-lifecycle-state"] = "Terminated";
    await look(await stage.nobody(), "0");
    expect(stage.calls()).toEqual([]);
  });
});

describeWith("the account of the application's registry", [python], () => {
  const get = (host: string) =>
    stage.run("guestbook_mesos_agent/docker-credential-slipway", { args: ["get"], input: `${host}\n` });
  const ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

  it("is a token of the machine's role at AWS's own registry (S1-16)", async () => {
    stage.node({ registry: { kind: "ecr", repository: `${ecr}/guestbook-mesos-dev/guestbook` } });
    const authorizationToken = Buffer.from("AWS:a:token").toString("base64");
    stage.answers("aws", { "ecr get-authorization-token": { authorizationData: [{ authorizationToken }] } });
    const { stdout } = await get(ecr);
    expect(JSON.parse(stdout)).toEqual({ ServerURL: ecr, Username: "AWS", Secret: "a:token" });
    expect(stage.calls("aws")[0]).toContain("--registry-ids 123456789012 --region eu-west-1");
  });

  it("is a secret at another one, which Docker may name by its URL", async () => {
    stage.node({
      registry: { repository: "registry.example.com:5000/guestbook", credential_secret_arn: "arn:registry" },
    });
    stage.answers("aws", { "--secret-id arn:registry": Stage.secret("let-me-in", "puller") });
    const { stdout } = await get("https://registry.example.com:5000/");
    expect(JSON.parse(stdout)).toMatchObject({ Username: "puller", Secret: "let-me-in" });
  });

  it("is nothing elsewhere, in the words by which Docker goes on without one", async () => {
    stage.node({ registry: { kind: "docker-hub", repository: "registry.example.com/guestbook" } });
    for (const host of ["https://index.docker.io/v1/", "registry.example.com"]) {
      expect(await get(host)).toMatchObject({ code: 1, stdout: "credentials not found in native keychain\n" });
    }
    stage.node({});
    expect(await get("registry.example.com")).toMatchObject({ code: 1 });
  });

  it("is never stored", async () => {
    for (const word of ["store", "erase"]) {
      expect(
        await stage.run("guestbook_mesos_agent/docker-credential-slipway", { args: [word], input: "{}" }),
      ).toMatchObject({ code: 0, stdout: "" });
    }
  });
});
