import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Running, World } from "./stand-ins/world";

const three = ["i-a", "i-b", "i-c"];
let world: World;

const python = process.platform === "linux" && existsSync("/usr/bin/python3");
if (!python)
  console.log("SKIPPED systems/dashboard/machine: needs Linux and /usr/bin/python3 (Debian: apt-get install python3)");

describe.skipIf(!python)("a machine of the dashboard's swarm", () => {
  beforeEach(async () => {
    world = await World.make();
    for (const id of three) world.machine(id);
  });
  afterEach(() => world.close());

  const join = (id: string, settings = {}) => world.run(id, "swarm-join", { settings });
  const keep = (id: string, settings = {}) => world.start(id, "swarm-keep", { settings });
  /** All machines have booted, and the leader has had time to make managers of them. */
  const cluster = async (ids = three) => {
    await Promise.all(ids.map((id) => join(id)));
    const kept = new Map<string, Running>(ids.map((id) => [id, keep(id)]));
    await world.until("three managers", () => world.nodes.filter((node) => node.endsWith("manager")).length === 3);
    return kept;
  };
  const role = (id: string) => world.instance(id).tags["slipway:swarm-member"]?.split("/").slice(0, 2).join("/");
  const leader = () => {
    const managers = world.swarm.nodes.filter((node) => node.role === "manager");
    return managers.find((node) => world.instance(node.machine).state === "running")!.machine;
  };
  /** A machine has a swarm of which nobody else knows: it was interrupted there. */
  const alone = (machine: string) => {
    world.instance(machine).engine = { state: "active", swarm: "s1", node: "n1", tasks: 0 };
    const node = { id: "n1", role: "manager", availability: "active", machine, age: 9 } as const;
    world.all.swarms.s1 = { nodes: [{ ...node }], token: "SWMTKN-1-s1", secrets: [] };
  };
  /** Nothing is young any more, as five minutes later. */
  const later = () => {
    for (const node of world.swarm.nodes) node.age = 400;
  };

  describe("of one machine", () => {
    it("makes a swarm of its own, and no second one when it boots again (S4-D09)", async () => {
      for (let boot = 0; boot < 2; boot++) {
        expect(await join("i-a", { mode: "single", cluster: "", joinSecretArn: "" })).toMatchObject({
          code: 0,
          stderr: "",
        });
      }
      expect(Object.keys(world.all.swarms)).toHaveLength(1);
      expect(world.count("secretsmanager get-secret-value")).toBe(0);
      expect(world.calls.filter(({ argv }) => argv[2] === "init")).toMatchObject([
        { argv: ["docker", "swarm", "init", "--advertise-addr", "10.0.0.10"] },
      ]);
    });

    it.each([
      "single",
      "cluster",
    ])("is in service once it is in its swarm, and not again after a reboot (mode %s)", async (mode) => {
      const hook = () => world.instance("i-a").waitsFor;
      world.all.awsDown = true;
      const joining = world.start("i-a", "swarm-join", { settings: { mode } });
      await world.until("some calls", () => world.calls.some(({ argv }) => argv[0] === "aws"));
      expect(hook()).toBe("join-swarm");
      world.all.awsDown = false;
      expect([(await joining.ended).code, hook()]).toEqual([0, ""]);
      expect(await join("i-a", { mode })).toMatchObject({ code: 0, stderr: "" });
    });

    it("takes the addresses of its networks from the range that it is told (S4-D09)", async () => {
      await join("i-a", { mode: "single", overlayRange: "192.168.128.0/17" });
      await join("i-b", { overlayRange: "192.168.128.0/17" });
      const pool = ["--default-addr-pool", "192.168.128.0/17", "--default-addr-pool-mask-length", "24"];
      for (const { argv } of world.calls.filter((call) => call.argv[2] === "init"))
        expect(argv.slice(-4)).toEqual(pool);
      expect(world.count("swarm init")).toBe(2);
    });

    it("has nothing to keep", async () => {
      expect(await keep("i-a", { mode: "single" }).ended).toMatchObject({ code: 0, stdout: "" });
    });
  });

  describe("that boots", () => {
    it("forms one swarm with the others, whoever is first (S4-D07, S4-D09)", async () => {
      const ended = await Promise.all(three.map((id) => join(id)));
      expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(three.map(() => [0, ""]));
      expect(world.nodes).toHaveLength(3);
      expect(world.nodes.filter((node) => node.endsWith("manager"))).toHaveLength(1);
      expect(world.record).toMatchObject({ generation: 1, founder: expect.stringMatching(/^i-[abc]$/) });
      expect(Object.keys(world.all.secrets.join.versions)).toHaveLength(1);
      expect(new Set(three.map((id) => world.instance(id).engine.swarm)).size).toBe(1);
    });

    it("takes a founder that was faster for what it is, and leaves its own attempt", async () => {
      await join("i-a");
      const { swarm, founder } = world.record;
      // What i-b saw before: nothing. It makes a swarm, and is refused.
      const { join: secret } = world.all.secrets;
      const { current } = secret;
      Object.assign(secret, { current: "none", versions: { ...secret.versions, none: "{}" } });
      const late = world.start("i-b", "swarm-join");
      await world.until("a refusal", () =>
        world.calls.some(({ machine, argv }) => machine === "i-b" && argv[2] === "leave"),
      );
      secret.current = current;
      expect((await late.ended).stdout).toContain("leaves: another machine has founded generation 1\n");
      expect(world.record).toMatchObject({ swarm, founder });
      expect(world.nodes).toEqual(["i-a manager", "i-b worker"]);
    });

    it("is where it was after a reboot, and does nothing", async () => {
      await Promise.all(three.map((id) => join(id)));
      const before = structuredClone([world.nodes, world.all.secrets]);
      for (const id of three) expect(await join(id)).toMatchObject({ code: 0 });
      expect([world.nodes, world.all.secrets]).toEqual(before);
    });

    it("goes on where it was interrupted between its swarm and the record of it", async () => {
      alone("i-a");
      await join("i-a");
      expect(world.record).toMatchObject({ generation: 1, founder: "i-a", swarm: "s1" });
    });

    it("gives up a swarm of which nobody knows where the cluster has another", async () => {
      await join("i-a");
      alone("i-b");
      await join("i-b");
      expect(world.nodes).toEqual(["i-a manager", "i-b worker"]);
    });

    it("founds the next generation where every manager of the last is gone: the winner of a race may die", async () => {
      await join("i-a");
      world.dies("i-a");
      const ended = await Promise.all(["i-b", "i-c"].map((id) => join(id)));
      expect(ended.map(({ code }) => code)).toEqual([0, 0]);
      expect(world.record).toMatchObject({ generation: 2, founder: expect.stringMatching(/^i-[bc]$/) });
      expect(world.nodes.map((node) => node.split(" ")[0])).toEqual(["i-b", "i-c"]);
    });

    it("waits for a manager that exists and does not answer, and founds nothing", async () => {
      await join("i-a");
      world.instance("i-a").state = "stopped";
      const waiting = world.start("i-b", "swarm-join");
      await world.until("some looks", () => world.count("get-secret-value") > 8);
      world.instance("i-a").state = "running";
      expect(await waiting.ended).toMatchObject({ code: 0 });
      expect(world.record).toMatchObject({ generation: 1, founder: "i-a" });
      expect(world.nodes).toEqual(["i-a manager", "i-b worker"]);
    });

    it("stops an attempt that the engine goes on with in the background", async () => {
      await join("i-a");
      // A machine that is of the cluster and of no swarm, and is asked first.
      world.all.lingering = true;
      world.instance("i-a").tags["slipway:swarm-member"] = "";
      world.all.machines["i-0"] = { ...world.instance("i-c"), address: "10.0.0.99" };
      expect(await join("i-b")).toMatchObject({ code: 0 });
      expect(world.nodes).toEqual(["i-a manager", "i-b worker"]);
    });

    it("is not stopped for ever by a join secret that somebody has written over", async () => {
      await join("i-a");
      world.all.secrets.join.versions.note = "do not touch";
      world.all.secrets.join.current = "note";
      world.instance("i-a").state = "terminated";
      expect(await join("i-b")).toMatchObject({ code: 0 });
      expect(world.record).toMatchObject({ generation: 2, founder: "i-b" });
    });

    it("puts its record back where the join secret was written over", async () => {
      await join("i-a");
      const { swarm } = world.record;
      world.all.secrets.join.versions.note = "do not touch";
      world.all.secrets.join.current = "note";
      expect(await join("i-a")).toMatchObject({ code: 0 });
      expect(world.record).toMatchObject({ generation: 2, swarm, founder: "i-a" });
    });

    it("waits while AWS does not answer, and says so once", async () => {
      world.all.awsDown = true;
      const waiting = world.start("i-a", "swarm-join");
      await world.until("some calls", () => world.calls.filter(({ argv }) => argv[0] === "aws").length > 3);
      world.all.awsDown = false;
      const { code, stdout } = await waiting.ended;
      expect(code).toBe(0);
      expect(stdout.match(/Could not connect/g)).toHaveLength(1);
    });

    it("writes the join token where it must be and nowhere else: no manager's, none in what it says", async () => {
      const ended = await Promise.all(three.map((id) => join(id)));
      const { token } = world.record;
      expect(ended.map(({ stdout, stderr }) => stdout + stderr).join("")).not.toContain(token);
      const withToken = world.calls.filter(({ argv }) => argv.join(" ").includes(token));
      expect(new Set(withToken.map(({ argv }) => argv.slice(0, 3).join(" ")))).toEqual(new Set(["docker swarm join"]));
      expect(world.calls.filter(({ argv }) => argv.includes("join-token") && argv.includes("manager"))).toEqual([]);
    });

    it.each([
      [{ mode: "both" }, /mode must be "single" or "cluster", got "both"/],
      [{ joinSecretArn: "" }, /joinSecretArn is missing; mode cluster needs it/],
      [{ cluster: undefined }, /cluster is missing; mode cluster needs it/],
      [{ region: 3 }, /region is missing/],
      [{ managers: 2 }, /managers must be 1, 3, 5 or 7, got 2; an even number is lost as soon/],
      [{ tickSeconds: 0 }, /tickSeconds must be a number above 0, got 0/],
    ])("refuses the settings %j in one sentence", async (settings, message) => {
      const { code, stderr } = await join("i-a", settings);
      expect([code, stderr.trim().split("\n").length]).toEqual([1, 1]);
      expect(stderr).toMatch(message);
      expect(world.calls).toEqual([]);
    });

    it("says which file its user data has to write", async () => {
      const { code, stderr } = await world.run("i-a", "swarm-join", { args: ["/nowhere/dashboard.json"] });
      expect([code, stderr]).toEqual([
        1,
        "/nowhere/dashboard.json: [Errno 2] No such file or directory: '/nowhere/dashboard.json'; the machine's user data must write it\n",
      ]);
    });
  });

  describe("that runs", () => {
    it("becomes a manager with two others: three, and a fourth machine works (S4-D09)", async () => {
      world.machine("i-d");
      const kept = await cluster([...three, "i-d"]);
      await world.until("what they are in their tags", () => {
        const roles = [...kept.keys()].map(role);
        return roles.filter((each) => each === "1/manager").length === 3 && roles.includes("1/worker");
      });
      expect(world.nodes.filter((node) => node.endsWith("worker"))).toHaveLength(1);
    });

    it("does not make a second manager of two machines: two are lost with either", async () => {
      await Promise.all(["i-a", "i-b"].map((id) => join(id)));
      for (const id of ["i-a", "i-b"]) keep(id);
      const looks = () => world.count("node ls");
      await world.until("some rounds of the leader", () => looks() > 5);
      expect(world.nodes.map((node) => node.split(" ")[1]).sort()).toEqual(["manager", "worker"]);
    });

    it("removes a manager that died, once its machine is gone, and promotes the next one", async () => {
      const kept = await cluster();
      const dead = leader();
      await kept.get(dead)!.kill();
      world.dies(dead);
      world.machine("i-d");
      later();
      await join("i-d");
      keep("i-d");
      const rest = [...three.filter((id) => id !== dead), "i-d"].map((id) => `${id} manager`);
      await world.until("three managers again", () => world.nodes.join() === rest.join());
      const about = world.calls.filter(({ argv }) => argv[1] === "node" && ["demote", "rm"].includes(argv[2]!));
      expect(about.map(({ argv }) => argv[2])).toEqual(["demote", "rm"]);
    });

    it("does not remove a machine that is only stopped", async () => {
      const kept = await cluster();
      const away = three.find((id) => id !== leader())!;
      await kept.get(away)!.kill();
      world.instance(away).state = "stopped";
      later();
      const looks = () => world.count("node ls");
      const before = looks();
      await world.until("some rounds of the leader", () => looks() > before + 5);
      expect(world.nodes).toHaveLength(3);
    });

    it("as a worker starts the cluster anew when no manager exists any more", async () => {
      await join("i-a");
      await join("i-b");
      keep("i-b");
      await world.until("it says what it is", () => role("i-b") === "1/worker");
      world.dies("i-a");
      await world.until("a new generation", () => world.record.generation === 2);
      expect(world.record).toMatchObject({ founder: "i-b" });
    });

    it("waits for an operator when the quorum is lost, and so does who wants to join", async () => {
      const kept = await cluster();
      await world.until("tags", () => three.every((id) => role(id) === "1/manager"));
      for (const id of ["i-b", "i-c"]) await kept.get(id)!.kill();
      world.dies("i-b", "i-c");
      world.machine("i-d");
      const waiting = world.start("i-d", "swarm-join");
      await world.until("attempts", () => world.count("swarm join", "i-d") > 3);
      expect(world.record.generation).toBe(1);

      const recovered = await world.run("i-a", "swarm-recover");
      expect(recovered).toMatchObject({ code: 0, stderr: "" });
      expect(await waiting.ended).toMatchObject({ code: 0 });
      expect(world.record.generation).toBe(1);
      later();
      await world.until("the dead are removed", () => world.nodes.join() === "i-a manager,i-d worker");
    });
  });

  describe("that Auto Scaling ends", () => {
    it("hands over, leaves and lets go: its successor first, the leader like any other", async () => {
      const kept = await cluster();
      world.machine("i-d");
      await join("i-d");
      keep("i-d");
      await world.until("tags", () => role("i-d") === "1/worker");
      const leaves = leader();
      world.instance(leaves).engine.tasks = 2;
      world.ends(leaves);
      expect(await kept.get(leaves)!.ended).toMatchObject({ code: 0, stderr: "" });
      expect(world.instance(leaves).state).toBe("terminated");
      expect(world.nodes.filter((node) => node.endsWith("manager"))).toHaveLength(3);
      const verbs = world.calls.filter(({ argv }) => argv[1] === "node" && argv.length > 3 && argv[2] !== "inspect");
      const of = verbs.map(({ argv }) => argv[2]).slice(2);
      expect(of.indexOf("promote")).toBeLessThan(of.indexOf("demote"));
      expect(of).toContain("update");
      const hook = world.calls.filter(({ argv }) => argv[2] === "complete-lifecycle-action").slice(-1);
      expect(hook.map(({ text }) => JSON.parse(text))).toEqual([
        {
          LifecycleHookName: "leave-swarm",
          AutoScalingGroupName: "group",
          InstanceId: leaves,
          LifecycleActionResult: "CONTINUE",
        },
      ]);
      later();
      await world.until("its node is removed", () => !world.nodes.some((node) => node.startsWith(leaves)));
    });

    it("does not leave while its tasks run", async () => {
      const kept = await cluster();
      const worker = "i-d";
      world.machine(worker);
      await join(worker);
      // It alone: the leader does not get to drain it.
      for (const one of kept.values()) await one.kill();
      world.instance(worker).engine.tasks = 1;
      world.ends(worker);
      const leaving = keep(worker);
      const asked = () => world.count("ps", worker);
      await world.until("it asks for its tasks", () => asked() > 2);
      expect(role(worker)).toBe("1/leaving");
      expect(world.nodes).toContain("i-d worker");
      world.instance(worker).engine.tasks = 0;
      expect(await leaving.ended).toMatchObject({ code: 0 });
    });

    it("lets go at once when it is the last one", async () => {
      await join("i-a");
      world.ends("i-a");
      expect((await keep("i-a").ended).stdout).toContain("lets Auto Scaling end this machine");
    });
  });

  describe("on which an operator recovers", () => {
    const recover = (id: string, args: string[] = []) => world.run(id, "swarm-recover", { args });

    it("refuses while the swarm has a leader", async () => {
      await cluster();
      expect(await recover("i-a")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("the swarm has a leader: nothing is lost"),
      });
    });

    it("refuses while another manager may come back, unless that one is given up by name", async () => {
      const kept = await cluster();
      await world.until("tags", () => three.every((id) => role(id) === "1/manager"));
      for (const one of kept.values()) await one.kill();
      world.dies("i-c");
      world.instance("i-b").state = "stopped";
      expect(await recover("i-a")).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/i-b may still be a manager; bring it back/),
      });
      expect(await recover("i-a", ["--discard", "i-b"])).toMatchObject({ code: 0 });
    });

    it("refuses on a machine that is no manager, or alone by design", async () => {
      expect((await recover("i-a")).stderr).toContain("this machine is no manager; run it on one that is");
      const single = await world.run("i-a", "swarm-recover", { settings: { mode: "single" } });
      expect(single.stderr).toContain("this machine is a swarm of its own");
    });
  });

  describe("and the password of its database", () => {
    const password = `p"a'ss $HOME\\ ünd`;
    const give = (version: string, text: string) => {
      world.all.secrets.database.versions[version] = text;
      world.all.secrets.database.current = version;
    };
    const account = (word: string) => JSON.stringify({ username: "dashboard_app", password: word });
    const names = () => world.swarm.secrets.map(({ Spec }) => Spec.Name);
    const make = (id = "i-a") => world.run(id, "database-secret");

    it("become a secret of its own name for each version, through the standard input alone (S4-14, S4-21, S4-D07)", async () => {
      await join("i-a");
      give("terraform-20260101", account(password));
      const made = await make();
      expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^aws_db_[0-9a-f]{12}\n$/) });
      expect(world.swarm.secrets).toMatchObject([{ text: password, Spec: { Name: made.stdout.trim() } }]);
      expect(JSON.stringify(world.calls.map(({ argv }) => argv))).not.toContain("ünd");
      expect(made.stderr).not.toContain("ünd");
    });

    it("are made once, and anew when the version changes", async () => {
      await join("i-a");
      give("terraform-20260101", account("one"));
      const first = (await make()).stdout;
      expect((await make()).stdout).toBe(first);
      give("terraform-20260102", account("two"));
      const second = (await make()).stdout;
      expect(second).not.toBe(first);
      expect(names()).toEqual([first.trim(), second.trim()]);
    });

    it("are kept for one rollback, and longer where something still uses them", async () => {
      await join("i-a");
      const made: string[] = [];
      for (const version of ["v1", "v2", "v3", "v4"]) {
        give(`terraform-${version}`, account(version));
        if (version === "v4") {
          world.all.inUse = made.slice(1, 2);
        }
        made.push((await make()).stdout.trim());
      }
      expect(names()).toEqual(made.slice(1));
    });

    it("are the leader's alone", async () => {
      await cluster();
      give("v1", account("one"));
      const other = three.find((id) => id !== leader())!;
      expect(await make(other)).toMatchObject({ code: 0, stdout: "" });
      expect(world.calls.filter(({ machine, text }) => machine === other && text.includes('"database"'))).toEqual([]);
    });

    it.each([
      ["no JSON", "hunter2", "must be JSON with a member password"],
      ["no password", '{"username":"x"}', "must be JSON with a member password"],
      ["an empty password", account(""), "has an empty password"],
    ])("are refused when there is %s, without a word of it", async (_, text, message) => {
      await join("i-a");
      give("v1", text);
      const { code, stderr, stdout } = await make();
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(message);
      expect(stderr).not.toContain("hunter2");
    });

    it("are waited for while nobody has filled them in", async () => {
      await join("i-a");
      expect(await make()).toMatchObject({ code: 1, stderr: expect.stringContaining("ResourceNotFoundException") });
    });
  });
});
