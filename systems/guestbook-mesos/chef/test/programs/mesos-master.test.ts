import { statSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeWith } from "../../../../../e2e/support/requirements";
import { python, Stage } from "./stage";

let stage: Stage;

beforeEach(async () => {
  stage = await Stage.make();
});
afterEach(() => stage.close());

describeWith("the gate before a Mesos master", [python], () => {
  const three = ["10.220.64.21", "10.220.80.21", "10.220.96.21"];
  const gate = (masters: string[], flags: Record<string, string>, own = three[0]!) => {
    stage.node({ mesos: { masters } });
    stage.metadata["local-ipv4"] = own;
    for (const [flag, value] of Object.entries({ quorum: "2", ip: own, ...flags })) {
      stage.write(`flags/${flag}`, `${value}\n`);
    }
    return stage.run("guestbook_mesos_master/mesos-master-gate", { env: { MESOS_MASTER_FLAGS: stage.path("flags") } });
  };

  it("opens for each of the masters that are configured (S1-30)", async () => {
    for (const own of three) expect(await gate(three, {}, own)).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("stays shut on any other machine: a fourth master would spoil the log", async () => {
    expect(await gate(three, {}, "10.220.64.99")).toMatchObject({
      code: 1,
      stderr: `mesos-master-gate: 10.220.64.99 is none of the masters ${three.join(", ")}; no master is started here\n`,
    });
  });

  it.each([
    ["1", "three masters need two"],
    ["3", "all three would have to live"],
  ])("stays shut with a quorum of %s: %s (S1-21)", async (quorum) => {
    expect(await gate(three, { quorum })).toMatchObject({
      code: 1,
      stderr: `mesos-master-gate: 3 masters need a quorum of 2, got ${quorum}\n`,
    });
  });

  it("stays shut with an even number of masters, or one that is named twice", async () => {
    for (const masters of [three.slice(0, 2), [three[0]!, three[0]!, three[1]!]]) {
      expect((await gate(masters, {})).stderr).toContain("want an odd number of different addresses");
    }
  });

  it("stays shut where the master would speak for another machine", async () => {
    expect((await gate(three, { ip: three[1]! })).stderr).toContain("would speak for 10.220.80.21; converge it again");
  });

  it("says what is missing before the first converge", async () => {
    stage.node({ mesos: { masters: three } });
    const { stderr } = await stage.run("guestbook_mesos_master/mesos-master-gate", {
      env: { MESOS_MASTER_FLAGS: stage.path("flags") },
    });
    expect(stderr).toMatch(/quorum'; converge this machine first\n$/);
  });
});

describeWith("the account by which Marathon registers", [python], () => {
  beforeEach(() => {
    stage.node({ marathon: { credential_secret_arn: "arn:marathon" } });
    stage.answers("aws", { "--secret-id arn:marathon": Stage.secret("s3cret", "marathon") });
  });

  it("is in the memory of the masters, for root alone (S1-07)", async () => {
    expect(await stage.run("guestbook_mesos_master/mesos-master-credentials")).toMatchObject({ code: 0, stdout: "" });
    const accounts = { credentials: [{ principal: "marathon", secret: "s3cret" }] };
    expect(JSON.parse(stage.read("run/mesos-credentials"))).toEqual(accounts);
    expect(statSync(stage.path("run/mesos-credentials")).mode & 0o777).toBe(0o600);
  });

  it("is asked for again by whoever starts the unit, when it cannot be read", async () => {
    stage.answers("aws", { "--secret-id": { fails: "AccessDeniedException" } });
    expect(await stage.run("guestbook_mesos_master/mesos-master-credentials")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("AccessDenied"),
    });
  });
});

describeWith("the health of the masters' quorum, before a machine of theirs is replaced", [python], () => {
  const masters = ["127.0.0.2", "127.0.0.3", "127.0.0.4"];
  const leader = { "master/elected": 1, "registrar/log/ensemble_size": 3 };
  const ask = async (metrics: (object | null)[], consul: object = { Healthy: true }) => {
    let port = 0;
    for (const [index, found] of metrics.entries()) {
      if (found) port = await stage.serve(() => ({ body: found }), masters[index]!, port);
    }
    stage.node({ mesos: { masters } });
    const CONSUL_PORT = `${await stage.serve(() => ({ body: consul }))}`;
    const { code, stdout, stderr } = await stage.run("guestbook_base/quorum-health", {
      args: ["mesos-master"],
      env: { MESOS_MASTER_PORT: `${port}`, CONSUL_PORT },
    });
    return { code, said: stdout + stderr };
  };

  it("is good when all answer, one leads with a whole log, and Consul's servers are well (S1-30, S1-33)", async () => {
    expect(await ask([{ "master/elected": 0 }, leader, { "master/elected": 0 }])).toEqual({
      code: 0,
      said: "3 of 3 masters serve, one leads, and Consul is well\n",
    });
  });

  it("is not while one master is away, its log lags, none leads, or Consul is ill", async () => {
    const follower = { "master/elected": 0 };
    expect(await ask([leader, follower, null])).toMatchObject({
      code: 1,
      said: expect.stringContaining("127.0.0.4: "),
    });
    const lags = { ...leader, "registrar/log/ensemble_size": 2 };
    expect((await ask([lags, follower, follower])).said).toBe("the replicated log has 2 of 3 members\n");
    expect((await ask([follower, follower, follower])).said).toBe("0 masters lead\n");
    expect((await ask([leader, follower, follower], { Healthy: false })).said).toBe(
      "Consul's servers are not all healthy\n",
    );
  });
});
